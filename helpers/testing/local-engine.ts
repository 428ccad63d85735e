import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually, found, GiveUpError, notYet } from '../waiting/eventually.ts';
import { sleep } from '../waiting/sleep.ts';

export interface LocalEngineOptions {
  readonly name: string;
  /** Absolute path. The process runs with the fresh directory as its working directory. */
  readonly binary: string;
  readonly args: readonly string[];
  /** Answers 200 once the engine is ready. */
  readonly readyUrl: string;
  /** Base URL to hand on; without it, the origin of `readyUrl`. */
  readonly url?: string;
  readonly ports?: Readonly<Record<string, number>>;
  /** Written into the fresh directory before the start, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Time to get ready; 60 s unless set. */
  readonly deadlineMs?: number;
}

/** An engine's process for a test: loopback only, in a directory of its own. */
export interface LocalEngine {
  readonly name: string;
  /** Base URL of its main HTTP port, without a slash at the end. */
  readonly url: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly dir: string;
  readonly pid: number;
  /** Standard output and error so far, in order of arrival. */
  logs(): string;
  /** SIGTERM, after `graceMs` (3 s) SIGKILL; then removes the directory. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
}

const running = new Map<ChildProcess, string>();
let exitHooked = false;

/**
 * Starts an engine for a test and waits until it is ready.
 * @throws GiveUpError when the process exits before that, DeadlineError when it takes too long; both quote its log.
 */
export async function startLocalEngine(options: LocalEngineOptions): Promise<LocalEngine> {
  const dir = await mkdtemp(join(tmpdir(), `telltale-test-${options.name}-`));
  for (const [path, text] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  const child = spawnDyingWithUs(options, dir);
  running.set(child, dir);
  hookExit();
  const chunks: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
  let ended: string | undefined;
  const end = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      ended = `could not be started: ${error.message}`;
      resolve();
    });
    child.once('exit', (code, signal) => {
      ended = `exited with ${signal ?? `code ${code}`}`;
      resolve();
    });
  });
  const logs = (): string => chunks.join('');

  let stopping: Promise<void> | undefined;
  const stop = (graceMs = 3000): Promise<void> => {
    stopping ??= (async () => {
      if (ended === undefined) {
        child.kill('SIGTERM');
        const patience = new AbortController();
        await Promise.race([end, sleep(graceMs, patience.signal).catch(() => undefined)]);
        patience.abort();
        if (ended === undefined) child.kill('SIGKILL');
        await end;
      }
      running.delete(child);
      await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    })();
    return stopping;
  };

  try {
    await eventually(
      `${options.name} to be ready at ${options.readyUrl}`,
      async () => {
        if (ended !== undefined) throw new GiveUpError(`${options.name} ${ended}`);
        const status = await statusOf(options.readyUrl);
        return status === 200 ? found(undefined) : notYet(`status ${status}`);
      },
      { deadlineMs: options.deadlineMs ?? 60_000, intervalMs: 50 },
    );
  } catch (error) {
    await stop(0);
    if (error instanceof Error) error.message += `\nits last log lines:\n${logs().split('\n').slice(-30).join('\n')}`;
    throw error;
  }
  return {
    name: options.name,
    url: options.url ?? new URL(options.readyUrl).origin,
    ports: options.ports ?? {},
    dir,
    pid: child.pid ?? -1,
    logs,
    stop,
  };
}

/** `setpriv --pdeathsig` makes the kernel end the engine even when the test process is killed with `kill -9`. */
function spawnDyingWithUs(options: LocalEngineOptions, dir: string): ChildProcess {
  const [command, prefix] = hasSetpriv() ? ['setpriv', ['--pdeathsig', 'KILL', options.binary]] : [options.binary, []];
  return spawn(command, [...prefix, ...options.args], {
    cwd: dir,
    env: { PATH: process.env.PATH ?? '', HOME: dir, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

let setprivFound: boolean | undefined;
function hasSetpriv(): boolean {
  if (setprivFound === undefined) {
    try {
      execFileSync('setpriv', ['--pdeathsig', 'KILL', 'true'], { stdio: 'ignore' });
      setprivFound = true;
    } catch {
      setprivFound = false;
    }
  }
  return setprivFound;
}

function hookExit(): void {
  if (exitHooked) return;
  exitHooked = true;
  process.once('exit', () => {
    for (const [child, dir] of running) {
      child.kill('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    }
  });
}

function statusOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.once('timeout', () => request.destroy(new Error(`${url} did not answer within 2 s`)));
    request.once('error', reject);
  });
}
