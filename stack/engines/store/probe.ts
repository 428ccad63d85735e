import { stat } from 'node:fs/promises';
import { parse } from 'yaml';
import { isExecutable, run, tail } from './run.ts';
import { versionInOutput } from './version.ts';

export type Probe = { readonly ok: true; readonly version?: string } | { readonly ok: false; readonly reason: string };

const probes = new Map<string, Promise<Probe>>();

/**
 * Asks a binary for its version. `version` is absent where it runs but names none (built without a stamped version).
 * Answers are kept per file, size and modification time.
 */
export async function probeVersion(path: string, versionArgs: readonly string[]): Promise<Probe> {
  const key = await fingerprint(path);
  if (key === undefined) return { ok: false, reason: 'there is no such file' };
  const known = probes.get(key);
  if (known !== undefined) return known;
  const probe = askVersion(path, versionArgs);
  probes.set(key, probe);
  return probe;
}

async function askVersion(path: string, versionArgs: readonly string[]): Promise<Probe> {
  if (!isExecutable(path)) return { ok: false, reason: 'it is not executable' };
  const result = await run(path, versionArgs, { timeoutMs: 20_000 });
  if (result.problem !== undefined) return { ok: false, reason: result.problem };
  const version = versionInOutput(result.output);
  if (version !== undefined) return { ok: true, version };
  if (result.code === 0) return { ok: true };
  return { ok: false, reason: `\`${versionArgs.join(' ')}\` ends with code ${result.code}: ${tail(result.output, 1)}` };
}

async function fingerprint(path: string): Promise<string | undefined> {
  try {
    const file = await stat(path);
    return file.isFile() ? `${path}:${file.ino}:${file.size}:${file.mtimeMs}` : undefined;
  } catch {
    return undefined;
  }
}

/** One component of a Collector: `receiver/otlp`, and the Go module (without version) that it comes from. */
export interface CollectorComponent {
  readonly key: string;
  readonly module: string;
}

const kinds: Readonly<Record<string, string>> = {
  receivers: 'receiver',
  processors: 'processor',
  exporters: 'exporter',
  connectors: 'connector',
  extensions: 'extension',
};

export type CollectorProbe =
  | { readonly ok: true; readonly components: readonly CollectorComponent[] }
  /** `reason` absent: a release so old that it has no such command. */
  | { readonly ok: false; readonly reason?: string };

/**
 * What a Collector binary is made of, by its own `components` command
 * (https://opentelemetry.io/docs/collector/configuration/). One that was built wrongly answers `--version` but not this.
 */
export async function collectorComponents(path: string): Promise<CollectorProbe> {
  const result = await run(path, ['components'], { timeoutMs: 20_000 });
  if (result.code !== 0) {
    if (/unknown command/i.test(result.output)) return { ok: false };
    return { ok: false, reason: `\`components\` fails: ${result.problem ?? tail(result.output, 1)}` };
  }
  try {
    return { ok: true, components: parseComponents(parse(result.stdout)) };
  } catch (error) {
    return {
      ok: false,
      reason: `\`components\` answers no YAML: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function parseComponents(answer: unknown): readonly CollectorComponent[] {
  if (!isRecord(answer)) return [];
  return Object.entries(kinds).flatMap(([section, kind]) => {
    const list = answer[section];
    if (!Array.isArray(list)) return [];
    return list.flatMap((item: unknown) => {
      if (typeof item === 'string') return [{ key: `${kind}/${item}`, module: '' }];
      if (!isRecord(item) || typeof item.name !== 'string') return [];
      const module = typeof item.module === 'string' ? (item.module.split(' ')[0] ?? '') : '';
      return [{ key: `${kind}/${item.name}`, module }];
    });
  });
}

/**
 * Which of the asked components are not in the binary. A component is there under any of its names: two keys of the
 * catalog with the same module are one component.
 */
export function missingComponents(
  asked: readonly string[],
  built: readonly CollectorComponent[],
  modules: Readonly<Record<string, string>>,
): readonly string[] {
  const keys = new Set(built.map((component) => component.key));
  const from = new Set(built.map((component) => component.module).filter((module) => module !== ''));
  return asked.filter((key) => {
    if (keys.has(key)) return false;
    const module = modules[key];
    return module === undefined || !from.has(module);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
