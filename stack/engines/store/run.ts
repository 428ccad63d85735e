import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Each line as it comes, from both streams. */
  readonly onLine?: (line: string) => void;
}

export interface RunResult {
  /** Null where it was killed or could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in the order of arrival. */
  readonly output: string;
  /** Why it could not be started or was stopped. */
  readonly problem?: string;
}

const outputLimit = 4_000_000;
const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => isExecutable(path));

/**
 * Runs a program to its end and collects what it prints (the last 4 MB). Never throws: a program that cannot be
 * started has a `problem`. It has a process group of its own, which is killed on abort and timeout; where util-linux
 * is there it also dies with this process, so that a `kill -9` of Telltale leaves no build running.
 */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { signal, timeoutMs, onLine } = options;
  if (signal?.aborted) return Promise.resolve(stopped('it was interrupted'));
  return new Promise((resolve) => {
    const [command, words] =
      setpriv === undefined ? [program, args] : [setpriv, ['--pdeathsig', 'SIGKILL', '--', program, ...args]];
    const child = spawn(command, words, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const collected = { stdout: '', stderr: '', output: '' };
    let problem: string | undefined;
    const collect = (stream: 'stdout' | 'stderr'): void => {
      let rest = '';
      child[stream].setEncoding('utf8');
      child[stream].on('data', (chunk: string) => {
        collected[stream] = (collected[stream] + chunk).slice(-outputLimit);
        collected.output = (collected.output + chunk).slice(-outputLimit);
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) onLine?.(line);
      });
      child[stream].on('end', () => {
        if (rest !== '') onLine?.(rest);
      });
    };
    collect('stdout');
    collect('stderr');
    const kill = (why: string): void => {
      problem ??= why;
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    };
    const interrupted = (): void => kill('it was interrupted');
    signal?.addEventListener('abort', interrupted, { once: true });
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => kill(`it took longer than ${timeoutMs / 1000} s`), timeoutMs);
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupted);
      resolve({ code, ...collected, ...(problem === undefined ? {} : { problem }) });
    };
    child.on('error', (error) => {
      problem ??= `it cannot be started: ${error.message}`;
      finish(null);
    });
    child.on('close', (code) => finish(code));
  });
}

function stopped(problem: string): RunResult {
  return { code: null, stdout: '', stderr: '', output: '', problem };
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The last lines of an output, for error messages. */
export function tail(output: string, lines = 8): string {
  return output.trim().split('\n').slice(-lines).join('\n');
}
