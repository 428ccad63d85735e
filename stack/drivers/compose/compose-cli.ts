import type { StackDefinition } from '../../definition/types.ts';
import { run, tail } from '../../engines/store/run.ts';
import { compareVersions, parseVersion } from '../../engines/store/version.ts';
import { MachineError } from '../types.ts';

/** The first with `!override` (https://docs.docker.com/reference/compose-file/merge/#replace-value). */
const OLDEST = '2.24.4';
const INSTALL = `Install the compose plugin of Docker (https://docs.docker.com/compose/install/), ${OLDEST} or newer.`;

/** @throws MachineError where the CLI is not there or too old for the override files of this driver. */
export async function requireComposeCli(): Promise<void> {
  const { code, stdout, problem, stderr } = await run('docker', ['compose', 'version', '--short'], {
    timeoutMs: 10_000,
  });
  if (code !== 0) {
    throw new MachineError(`\`docker compose\` does not work here: ${problem ?? tail(stderr, 1)}.`, {
      remedy: INSTALL,
    });
  }
  const version = parseVersion(stdout.trim());
  const oldest = parseVersion(OLDEST);
  if (version !== undefined && oldest !== undefined && compareVersions(version, oldest) < 0) {
    throw new MachineError(`docker compose ${stdout.trim()} is too old to be given an override file.`, {
      remedy: INSTALL,
    });
  }
}

export interface ComposeCall {
  readonly definition: StackDefinition;
  readonly project: string;
  /** Absolute paths of override files. */
  readonly overrides?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly onLine?: (line: string) => void;
}

/**
 * Runs `docker compose` on the user's own files, called in their directory as they do it.
 * @throws Error with compose's own last words.
 */
export async function compose(call: ComposeCall, words: readonly string[]): Promise<string> {
  const { definition, project, overrides = [], environment, signal, timeoutMs, onLine } = call;
  const files = [...definition.composeFiles, ...overrides].flatMap((file) => ['-f', file]);
  const profiles = definition.profiles.flatMap((profile) => ['--profile', profile]);
  const { code, stdout, output, problem } = await run(
    'docker',
    ['compose', '-p', project, ...files, ...profiles, ...words],
    {
      cwd: definition.directory,
      env: { ...process.env, ...profileEnvironment(definition), ...environment },
      ...(signal === undefined ? {} : { signal }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(onLine === undefined ? {} : { onLine }),
    },
  );
  if (code !== 0) throw new Error(problem ?? (tail(output, 6) || `docker compose ended with ${code}`));
  return stdout;
}

/** Files may use the profiles that are on in their text, `${COMPOSE_PROFILES:-base}`; Telltale's reader does the same. */
export function profileEnvironment({ profiles }: StackDefinition): Readonly<Record<string, string>> {
  return profiles.length === 0 ? {} : { COMPOSE_PROFILES: profiles.join(',') };
}

/** Builds go through the classic builder where BuildKit's client is not there, as compose itself cannot without. */
export async function buildEnvironment(): Promise<Record<string, string>> {
  if (process.env.DOCKER_BUILDKIT !== undefined) return {};
  const { code } = await run('docker', ['buildx', 'version'], { timeoutMs: 10_000 });
  return code === 0 ? {} : { DOCKER_BUILDKIT: '0' };
}
