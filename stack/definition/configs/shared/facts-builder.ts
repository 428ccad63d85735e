import type { ConfigNode } from '../../config-node.ts';
import type { ConfigFile, EngineFacts } from '../../facts.ts';
import type { Origin, Position, Setting } from '../../position.ts';
import type { EngineName } from '../../types.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

/** Facts under construction: every list empty, every map empty. */
export type FactsDraft = Omit<Writable<EngineFacts>, 'features' | 'settings'> & {
  features: { -readonly [K in keyof EngineFacts['features']]: EngineFacts['features'][K] };
  settings: Record<string, Setting<string | number | boolean | null>>;
};

/** Facts of an engine of which nothing is known yet. */
export function emptyFacts(engine: EngineName, files: readonly ConfigFile[] = []): FactsDraft {
  return {
    engine,
    files: [...files],
    listeners: [],
    outputs: [],
    pipelines: [],
    scrapes: [],
    rules: [],
    retention: [],
    limits: [],
    storage: [],
    features: {},
    datasources: [],
    dashboards: [],
    findings: [],
    settings: {},
  };
}

/** A setting, with a position unless it is nobody's. */
export function setting<T>(key: string, value: T, from: Origin, at?: Position): Setting<T> {
  return { key, value, from, ...(at === undefined ? {} : { at }) };
}

/** The value of a scalar node as a setting from the file, or undefined for anything else. */
export function scalarSetting(
  key: string,
  node: ConfigNode | undefined,
): Setting<string | number | boolean | null> | undefined {
  return node?.kind === 'scalar' ? setting(key, node.value, 'file', node.at) : undefined;
}

/** The same setting with its value read by `read`, or undefined where that cannot read it. */
export function mapSetting<T, U>(
  from: Setting<T> | undefined,
  read: (value: T) => U | undefined,
): Setting<U> | undefined {
  if (from === undefined) return undefined;
  const value = read(from.value);
  return value === undefined ? undefined : { ...from, value };
}
