import type { EngineName } from '../../stack/definition/types.ts';
import { MachineError } from '../../stack/drivers/types.ts';
import { componentsOf } from '../../stack/engines/components.ts';
import { findEngine, isFound } from '../../stack/engines/store/find-engine.ts';
import { installEngine } from '../../stack/engines/store/install-engine.ts';
import { EXIT } from '../exit-codes.ts';
import { readNamedStack } from '../stack-options.ts';
import { parseEngineName } from './parse-name.ts';

export interface InstallOptions {
  readonly stack: string;
  readonly profile?: string[] | undefined;
}

interface Wanted {
  readonly engine: EngineName;
  readonly version: string | undefined;
  readonly components: readonly string[];
}

/**
 * Brings one engine, or without a name every engine of a stack. One that cannot be had does not keep the others away.
 * @throws InputError
 */
export async function installCommand(name: string | undefined, options: InstallOptions): Promise<number> {
  const wanted = name === undefined ? enginesOf(options) : [{ ...parseEngineName(name), components: [] }];
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  let code: number = EXIT.ok;
  for (const { engine, version, components } of wanted) {
    const label = `${engine}${version ? ` ${version}` : ''}`;
    const there = await findEngine(engine, version, { components });
    if (isFound(there)) {
      say(
        `${label}: ${there.path} (${there.source}${there.asked ? `, ${there.version} in place of ${there.asked}` : ''})`,
      );
      continue;
    }
    const started = Date.now();
    try {
      const { path } = await installEngine(engine, version, {
        components,
        signal: stop.signal,
        progress: (message) => say(`${label}: ${message}`),
      });
      say(`${label}: ${path} after ${Math.round((Date.now() - started) / 1000)} s`);
    } catch (error) {
      if (stop.signal.aborted) return EXIT.interrupted;
      if (!(error instanceof MachineError)) throw error;
      process.stderr.write(`${label}: ${error.message}\n  remedy: ${error.remedy}\n`);
      code = EXIT.machine;
    }
  }
  return code;
}

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

function enginesOf(options: InstallOptions): readonly Wanted[] {
  const definition = readNamedStack(options.stack, options);
  const byKey = new Map<string, Wanted>();
  for (const service of definition.services) {
    const { engine, version } = service;
    if (engine === undefined) continue;
    const key = `${engine}@${version}`;
    byKey.set(key, { engine, version, components: [...(byKey.get(key)?.components ?? []), ...componentsOf(service)] });
  }
  return [...byKey.values()];
}
