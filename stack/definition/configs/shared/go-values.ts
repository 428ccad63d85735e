import type { ConfigNode } from '../../config-node.ts';
import { nodeAt } from '../../config-node.ts';
import type { Setting } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { type CommandLine, engineWords, lastFlag, parseFlags, parseGoBool } from './command-line.ts';
import { type ReadFile, wordOrigin } from './container-files.ts';
import { setting } from './facts-builder.ts';

type Scalar = string | number | boolean;

/** The command line of an engine whose flags are read after its file: Tempo, Pyroscope. */
export function goCommand(context: ReaderContext, program: string, booleans: ReadonlySet<string>): CommandLine {
  const [, ...words] = engineWords(context.argv, [program]);
  return parseFlags(words, { style: 'go', isBoolean: (name) => booleans.has(name) });
}

/** Values in force: a flag before the file, the file before the default. */
export class Values {
  readonly #file: ReadFile | undefined;
  readonly #line: CommandLine;

  constructor(file: ReadFile | undefined, line: CommandLine) {
    this.#file = file;
    this.#line = line;
  }

  node(...path: readonly (string | number)[]): ConfigNode | undefined {
    return nodeAt(this.#file?.root, ...path);
  }

  /** The value at a dotted key; undefined where nobody says anything and there is no default. */
  raw(key: string, flag?: string): Setting<Scalar> | undefined {
    const use = flag === undefined ? undefined : lastFlag(this.#line, flag);
    if (use !== undefined) return { key, value: use.value, ...wordOrigin(use.at) };
    const node = this.node(...key.split('.'));
    if (node?.kind !== 'scalar' || node.value === null) return undefined;
    return setting(key, node.value, this.#file?.originOf(node) ?? 'file', node.at);
  }

  text(key: string, fallback: string, flag?: string): Setting<string> {
    const found = this.raw(key, flag);
    return found === undefined ? setting(key, fallback, 'default') : { ...found, value: String(found.value) };
  }

  number(key: string, fallback: number, flag?: string): Setting<number> {
    const found = this.raw(key, flag);
    const value = Number(found?.value);
    return found === undefined || Number.isNaN(value) ? setting(key, fallback, 'default') : { ...found, value };
  }

  boolean(key: string, fallback: boolean, flag?: string): Setting<boolean> {
    const found = this.raw(key, flag);
    const value = typeof found?.value === 'boolean' ? found.value : parseGoBool(String(found?.value ?? ''));
    return found === undefined || value === undefined ? setting(key, fallback, 'default') : { ...found, value };
  }
}
