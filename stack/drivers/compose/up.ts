import type { WaitStrategy } from 'testcontainers';
import type { StackDefinition } from '../../definition/types.ts';
import { withHeartbeat } from '../../engines/store/progress.ts';
import { MachineError } from '../types.ts';
import type { Collector } from './collector.ts';
import { profileEnvironment } from './compose-cli.ts';
import { shortly } from './images.ts';

export interface UpRequest {
  readonly definition: StackDefinition;
  readonly project: string;
  readonly collector: Collector;
  readonly signal: AbortSignal;
  readonly progress: (message: string) => void;
  /** Writes the override file anew, without these services and with fresh ports, and names it. */
  readonly writeOverride: (leftOut: ReadonlySet<string>) => Promise<string>;
  /** Left out from the beginning. */
  readonly leftOut: ReadonlySet<string>;
}

/** What a container engine reports for a container that it could not create or start. */
const REFUSED = 125;
const PORT_TAKEN = /port is already allocated|address already in use|ports are not available/i;
const PORT_ATTEMPTS = 3;

/**
 * Brings the project up through Testcontainers. Where the engine refuses one service (a file mounted on a directory,
 * a program that is not there), Testcontainers tears everything down; then that service is put down as refused, and
 * the rest comes up without it.
 * @throws MachineError where it fails and no service is to blame.
 */
export async function bringUp(request: UpRequest): Promise<void> {
  const { collector, signal, progress } = request;
  const leftOut = new Set(request.leftOut);
  let ports = 0;
  // One service at a time tells which one it is, where the first failure left that open.
  let oneByOne = false;
  while (!signal.aborted) {
    const file = await request.writeOverride(leftOut);
    const attempt = new Attempt(request, file, oneByOne);
    const failure = await attempt.run();
    if (failure === undefined || signal.aborted) return;
    if (PORT_TAKEN.test(failure.message) && ports < PORT_ATTEMPTS) {
      ports += 1;
      continue;
    }
    const refused = attempt.refused.size > 0 ? attempt.refused : blame(failure.message, request);
    if (refused.size > 1 && attempt.refused.size === 0 && !oneByOne) {
      oneByOne = true;
      continue;
    }
    const fresh = [...refused].filter(([service]) => !leftOut.has(service));
    if (fresh.length === 0) throw noneToBlame(failure.message);
    for (const [service, words] of fresh) {
      const reason = `The container engine refused to start ${service}: ${words}`;
      progress(reason);
      collector.refuse(service, reason, REFUSED);
      leftOut.add(service);
    }
  }
}

class Attempt {
  refused: ReadonlyMap<string, string> = new Map();
  readonly #request: UpRequest;
  readonly #file: string;
  readonly #oneByOne: boolean;

  constructor(request: UpRequest, file: string, oneByOne: boolean) {
    this.#request = request;
    this.#file = file;
    this.#oneByOne = oneByOne;
  }

  /** Resolves to why it failed, in compose's words; undefined where it did not. */
  async run(): Promise<Error | undefined> {
    const { definition, project, progress } = this.#request;
    const { DockerComposeEnvironment } = await import('testcontainers');
    const environment = new DockerComposeEnvironment(definition.directory, [...definition.composeFiles, this.#file])
      .withProjectName(project)
      .withProfiles(...definition.profiles)
      // Its reaper is an image that cannot be had everywhere; Telltale reaps by label itself.
      .withAutoCleanup(false)
      .withDefaultWaitStrategy(noWait)
      .withEnvironment({
        ...profileEnvironment(definition),
        ...(this.#oneByOne ? { COMPOSE_PARALLEL_LIMIT: '1' } : {}),
      });
    const watch = new AbortController();
    const watching = this.#watchForRefusals(watch.signal);
    try {
      await withHeartbeat(
        () => 'waiting until compose has started every service',
        progress,
        () => environment.up(),
      );
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      watch.abort();
      await watching;
    }
  }

  /** The engine's words on a failed start are on the container, which is gone soon after. */
  async #watchForRefusals(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const refused = await this.#request.collector.refused().catch(() => new Map<string, string>());
      if (refused.size > 0) this.refused = new Map([...this.refused, ...refused]);
      await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    }
  }
}

const WATCH_MS = 40;

/**
 * Readiness is a check of its own. Testcontainers' default waits by a shell in the container, which distroless images
 * do not have.
 */
const noWait: WaitStrategy = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => noWait,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};

/** Services whose creation compose calls failed, else those that it had begun with and not finished. */
function blame(output: string, { definition, project }: UpRequest): ReadonlyMap<string, string> {
  const words = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(Container|Network|Volume|Image)\s/.test(line));
  const reason = shortly(new Error(words.join(' ')));
  const begun = new Set<string>();
  const failed = new Set<string>();
  for (const [line, container = '', verb = ''] of output.matchAll(/Container\s+(\S+)\s+(\w+).*/g)) {
    if (verb === 'Error' && !line.includes('context canceled')) failed.add(container);
    if (/^(Creating|Starting|Recreate)$/.test(verb)) begun.add(container);
    else begun.delete(container);
  }
  const blamed = failed.size > 0 ? failed : begun;
  const services = definition.services.filter(({ name }) => blamed.has(`${project}-${name}-1`));
  return new Map(services.map(({ name }) => [name, reason]));
}

function noneToBlame(output: string): MachineError {
  return new MachineError(`docker compose could not start the stack: ${shortly(new Error(output))}`, {
    remedy: 'See what the container engine lacks (disk space, address ranges), or use the native driver.',
  });
}
