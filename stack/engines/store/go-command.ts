import { mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { MachineError } from '../../drivers/types.ts';
import { type GoToolchain, goEnvironment } from './go-toolchain.ts';
import { type Progress, withHeartbeat } from './progress.ts';
import { type RunResult, run, tail } from './run.ts';

/** Runs Go in a directory. What it is doing is read from its own lines: modules downloaded, packages compiled. */
export type GoCommand = (
  args: readonly string[],
  what: string,
  options?: { readonly cwd?: string },
) => Promise<RunResult>;

/**
 * @param work scratch directory; Go's temporary files are kept in it, so that they go when it goes.
 */
export async function goCommand(go: GoToolchain, work: string, { progress, signal }: Progress): Promise<GoCommand> {
  const temporary = join(work, 'tmp');
  await mkdir(temporary, { recursive: true });
  const env = goEnvironment(
    { ...process.env, PATH: `${dirname(go.path)}${delimiter}${process.env.PATH ?? ''}` },
    {
      ...go.environment,
      CGO_ENABLED: '0',
      GOFLAGS: '-mod=mod -buildvcs=false',
      GOWORK: 'off',
      GOTMPDIR: temporary,
      TMPDIR: temporary,
    },
  );
  return async (args, what, options = {}) => {
    const seen = { modules: 0, packages: 0 };
    const state = (): string => {
      if (seen.packages > 0) return `${what}: ${seen.packages} packages`;
      return seen.modules > 0 ? `${what}: ${seen.modules} modules downloaded` : what;
    };
    progress(what);
    return withHeartbeat(state, progress, () =>
      run(go.path, args, {
        cwd: options.cwd ?? work,
        env,
        ...(signal === undefined ? {} : { signal }),
        onLine: (line) => {
          if (line.startsWith('go: downloading ')) seen.modules += 1;
          // `go build -v` prints each package that it compiles.
          else if (args.includes('-v') && /^[\w./~-]+$/.test(line)) seen.packages += 1;
        },
      }),
    );
  };
}

/** Go's own words without its download lines. */
export function goWords(result: RunResult, lines = 6): string {
  if (result.problem !== undefined) return result.problem;
  const words = result.stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('go: downloading '))
    .join('\n');
  return sentence(tail(words, lines));
}

/** Several lines as a part of a sentence. */
export function sentence(words: string): string {
  return words
    .trim()
    .replaceAll(/\s*\n\s*/g, '; ')
    .replace(/\.+$/, '');
}

/** Modules that the proxy refused or does not know, as `path@version`. */
export function unservedModules(output: string): readonly string[] {
  const found = new Set<string>();
  const pattern =
    /([\w.~-]+(?:\/[\w.~-]+)+@v[\w.+-]+): (?:reading|invalid version|unrecognized import path|module|not found)/g;
  for (const match of output.matchAll(pattern)) if (match[1] !== undefined) found.add(match[1]);
  return [...found];
}

/**
 * @throws MachineError where Go did not succeed.
 */
export function mustSucceed(result: RunResult, doing: string, remedy: string): void {
  if (result.code === 0) return;
  const unserved = unservedModules(result.output);
  const why =
    unserved.length > 0
      ? `the Go module proxy does not serve ${unserved.slice(0, 5).join(', ')}${unserved.length > 5 ? ' and others' : ''}`
      : goWords(result);
  throw new MachineError(`${doing} failed: ${why}.`, { remedy });
}
