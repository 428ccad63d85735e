import { posix } from 'node:path';
import type { EngineName } from '../../types.ts';
import type { ReaderContext } from '../reader.ts';

export interface TestContextOptions {
  readonly engine: EngineName;
  /** The whole command line. Words that begin with `(image) ` come from the image. */
  readonly argv: readonly string[];
  /** By container path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly version?: string;
}

/** A reader's context over files in memory, for tests. Positions of words: `compose.yaml`, one line each. */
export function testContext(options: TestContextOptions): ReaderContext {
  const at = { file: 'compose.yaml', line: 1, column: 1 };
  const files = options.files ?? {};
  const environment = Object.entries(options.environment ?? {}).map(([name, value]) => [name, { value, at }] as const);
  return {
    engine: options.engine,
    service: {
      name: options.engine,
      at,
      environment: Object.fromEntries(environment),
      mounts: [],
      ports: [],
      expose: [],
      networks: {},
      extraHosts: [],
      dependsOn: [],
      restart: 'no',
      readOnly: false,
      replicas: 1,
      recognisedBy: [],
    },
    argv: options.argv.map((text, index) =>
      text.startsWith('(image) ')
        ? { text: text.slice(8), at: { file: '(image)', line: 1, column: 1 } }
        : { text, at: { ...at, line: index + 1 } },
    ),
    environment: Object.fromEntries(environment),
    version: options.version ?? '0.0.0',
    readFile: (path) => {
      const text = files[path];
      return text === undefined ? undefined : { containerPath: path, file: path.replace(/^\//, ''), text };
    },
    listDirectory: (path) =>
      Object.keys(files)
        .filter((name) => posix.dirname(name) === path)
        .map((name) => posix.basename(name))
        .sort(),
  };
}
