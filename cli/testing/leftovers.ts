import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** What a run may leave on a machine outside of its own processes. */
export interface MachineState {
  readonly mounts: ReadonlySet<string>;
  readonly interfaces: ReadonlySet<string>;
  /** Of `/run`; temporary files are in the run's own TMPDIR. */
  readonly entries: ReadonlySet<string>;
}

/** Other programs' coming and going: a container engine makes mounts, links and sockets of its own. */
const FOREIGN = /docker|containerd|podman|buildkit|^(veth|br-)|\/run\/user\//;

export function machineState(): MachineState {
  const own = (names: readonly string[]) => new Set(names.filter((name) => !FOREIGN.test(name)));
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').at(4) ?? '');
  return {
    mounts: own(mounts),
    interfaces: own(readdirSync('/sys/class/net')),
    entries: own(readdirSync('/run').map((name) => `/run/${name}`)),
  };
}

function added(what: string, before: ReadonlySet<string>, now: ReadonlySet<string>): string[] {
  return [...now].filter((name) => !before.has(name)).map((name) => `${what} ${name}`);
}

/**
 * The processes of one run of the command line: those that carry a variable of its environment, and those in the
 * process namespaces that they made (engines get an environment of their own).
 */
export class RunProcesses {
  readonly #mark: string;
  readonly #namespaces = new Set<string>();
  readonly #host = readlinkSync('/proc/self/ns/pid');

  /** @param mark `NAME=value`, unique to the run. */
  constructor(mark: string) {
    this.#mark = mark;
  }

  /** Process ids and command lines of what lives now. Call it while the run is alive, to get to know its namespaces. */
  living(): readonly string[] {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const marked = new Set(pids.filter((pid) => readProc(pid, 'environ').split('\0').includes(this.#mark)));
    for (const pid of marked) {
      const namespace = namespaceOf(pid);
      if (namespace !== undefined && namespace !== this.#host) this.#namespaces.add(namespace);
    }
    return pids
      .filter((pid) => marked.has(pid) || this.#namespaces.has(namespaceOf(pid) ?? ''))
      .filter((pid) => !/^\d+ \(.*\) Z/s.test(readProc(pid, 'stat')))
      .map((pid) => `${pid} ${readProc(pid, 'cmdline').replaceAll('\0', ' ').trim()}`);
  }
}

function namespaceOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined; // It ended meanwhile.
  }
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/**
 * What is still there of a run, as sentences, after waiting until nothing is or the deadline is over.
 * @param temporary the run's own TMPDIR.
 */
export async function leftBehind(
  before: MachineState,
  processes: RunProcesses,
  temporary: string,
  deadlineMs = 5_000,
): Promise<readonly string[]> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const now = machineState();
    const left = [
      ...processes.living().map((process) => `process ${process}`),
      ...added('mount', before.mounts, now.mounts),
      ...added('interface', before.interfaces, now.interfaces),
      ...added('entry', before.entries, now.entries),
      ...readdirSync(temporary).map((name) => `temporary ${name}`),
    ];
    if (left.length === 0 || Date.now() > end) return left;
    await pause(20);
  }
}
