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
 * The processes of one run of the command line: those that carry a variable of its environment, those in the process
 * namespaces of these (engines get an environment of their own), and all that were seen so before. Namespaces are not
 * remembered: the kernel gives the number of one that is gone to the next that is made.
 */
export class RunProcesses {
  readonly #mark: string;
  /** Process id and start time: ids alone are used again. */
  readonly #seen = new Set<string>();
  readonly #host = readlinkSync('/proc/self/ns/pid');

  /** @param mark `NAME=value`, unique to the run. */
  constructor(mark: string) {
    this.#mark = mark;
  }

  /** Process ids and command lines of what lives now. Call it while the run is alive, to get to know its processes. */
  living(): readonly string[] {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const marked = new Set(pids.filter((pid) => readProc(pid, 'environ').split('\0').includes(this.#mark)));
    const namespaces = new Set([...marked].map(namespaceOf).filter((one) => one !== undefined && one !== this.#host));
    return pids.flatMap((pid) => {
      const identity = identityOf(pid);
      if (identity === undefined) return [];
      if (marked.has(pid) || namespaces.has(namespaceOf(pid))) this.#seen.add(identity);
      if (!this.#seen.has(identity)) return [];
      return [`${pid} ${readProc(pid, 'cmdline').replaceAll('\0', ' ').trim()}`];
    });
  }
}

/** Undefined for a process that has ended, a zombie included. See proc_pid_stat(5): state is field 3, start time 22. */
function identityOf(pid: string): string | undefined {
  const stat = readProc(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' || fields.length < 20 ? undefined : `${pid} ${fields[19]}`;
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
