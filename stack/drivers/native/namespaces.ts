import { type ChildProcess, execFile, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * The run re-executes itself in namespaces of its own: mounts, processes and network are private to it, so paths and
 * ports of the user's configurations stay untouched, and everything is gone when the first process in it dies.
 * See unshare(1) of util-linux and user_namespaces(7).
 */

/** How the namespaces can be had on this machine. */
export type NamespaceMode =
  /** As root: owners and users of images are emulated truthfully. */
  | 'root'
  /** In a user namespace: everything runs as one user, so file ownership proves nothing. */
  | 'user';

const INSIDE = 'TELLTALE_INSIDE_NAMESPACES';
/** The outer process holds the other end of this pipe; end of file means that it is gone. */
const LIFELINE_FD = 3;

const NAMESPACES = ['--mount', '--pid', '--net', '--fork', '--kill-child', '--mount-proc'];

function unshareArguments(mode: NamespaceMode): string[] {
  return mode === 'root' ? NAMESPACES : ['--user', '--map-root-user', ...NAMESPACES];
}

/** Undefined in the outer process; the mode in the inner one. */
export function insideNamespaces(): NamespaceMode | undefined {
  const mode = process.env[INSIDE];
  return mode === 'root' || mode === 'user' ? mode : undefined;
}

/** What this machine allows, found out by trying. */
export async function probeNamespaces(): Promise<
  | { readonly ok: true; readonly mode: NamespaceMode }
  | { readonly ok: false; readonly reason: string; readonly remedy: string }
> {
  if (process.platform !== 'linux') {
    return {
      ok: false,
      reason: `The native driver needs Linux namespaces; this is ${process.platform}.`,
      remedy: 'Use --driver compose with a container engine, or run Telltale on Linux.',
    };
  }
  // A bridge and a veth pair inside prove that iproute2 and the kernel parts are there, not only the namespaces.
  const script =
    'mount --make-rprivate / && ip link add probe0 type bridge && ip link add probe1 type veth peer name probe2 && ip link set probe1 master probe0';
  const modes: NamespaceMode[] = process.getuid?.() === 0 ? ['root', 'user'] : ['user'];
  let words = '';
  for (const mode of modes) {
    const result = await tryCommand('unshare', [...unshareArguments(mode), 'sh', '-c', script]);
    if (result.ok) return { ok: true, mode };
    words = result.words;
  }
  return {
    ok: false,
    reason: `The native driver cannot make its namespaces: ${words}`,
    remedy:
      'Install util-linux and iproute2, and allow user namespaces (sysctl kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu, user.max_user_namespaces > 0), or run as root, or use --driver compose.',
  };
}

function tryCommand(command: string, words: readonly string[]): Promise<{ ok: boolean; words: string }> {
  return new Promise((resolve) => {
    execFile(command, words, { timeout: 10_000 }, (error, _stdout, stderr) => {
      const said = stderr.trim().split('\n').at(-1) || (error as Error | null)?.message || '';
      resolve({ ok: error === null, words: said });
    });
  });
}

/**
 * Runs this very program again with the same arguments inside fresh namespaces, and resolves to its exit code.
 * Signals are passed on. When this process dies, by whatever, the inner one sees the lifeline end and dies with
 * everything that it started.
 */
export function reenterInNamespaces(mode: NamespaceMode, environment: NodeJS.ProcessEnv): Promise<number> {
  const script = process.argv[1] ?? '';
  const words = [...unshareArguments(mode), process.execPath, ...process.execArgv, script, ...process.argv.slice(2)];
  const child: ChildProcess = spawn('unshare', words, {
    env: { ...environment, [INSIDE]: mode },
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
  });
  const lifeline = child.stdio[LIFELINE_FD] as Writable;
  // The inner process going first breaks the pipe; that is its exit code's business.
  lifeline.on('error', () => {});
  // A terminal sends SIGINT to both processes, `kill` only to this one: so the inner one listens to the lifeline alone.
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal: NodeJS.Signals): void => {
    lifeline.write(`${signal}\n`);
  };
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 130 : 3));
    });
  });
}
