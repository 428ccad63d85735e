import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceDefinition } from '../../definition/types.ts';
import type { ServiceState } from '../types.ts';
import { LogBuffer } from './log-buffer.ts';

/** What is run for a service, once its root and network stand. */
export interface Launch {
  readonly hostname: string;
  /** Undefined: the run's own network (`network_mode: host`). */
  readonly networkNamespace?: string;
  readonly root: string;
  readonly workingDir: string;
  /** Undefined in a user namespace. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The delays of Docker's restart policy: 100 ms, doubled at each restart up to a minute. */
const FIRST_RESTART_DELAY_MS = 100;
const LONGEST_RESTART_DELAY_MS = 60_000;
/** A process that ran this long has its delay reset, as Docker does. */
const STABLE_AFTER_MS = 10_000;

/** One service's process under its restart policy, with the semantics of a container's main process. */
export class ServiceProcess {
  readonly logs = new LogBuffer();
  readonly #service: ServiceDefinition;
  #launch: Launch;
  #child: ChildProcess | undefined;
  #status: ServiceState['status'] = 'created';
  #exitCode: number | undefined;
  #signal: string | undefined;
  #restarts = 0;
  #startedAt: number | undefined;
  #finishedAt: number | undefined;
  #reason: string | undefined;
  #delayMs = FIRST_RESTART_DELAY_MS;
  /** A stop that was asked for switches the restart policy off, as `docker stop` does. */
  #asked = false;
  #restartTimer: NodeJS.Timeout | undefined;
  #exited: Promise<void> = Promise.resolve();

  constructor(service: ServiceDefinition, launch: Launch) {
    this.#service = service;
    this.#launch = launch;
  }

  /** For the next start: another binary lies in the root by then, or other arguments are wanted. */
  set launch(launch: Launch) {
    this.#launch = launch;
  }

  get launch(): Launch {
    return this.#launch;
  }

  state(): ServiceState {
    return {
      service: this.#service.name,
      status: this.#status,
      restarts: this.#restarts,
      ...(this.#exitCode === undefined ? {} : { exitCode: this.#exitCode }),
      ...(this.#signal === undefined ? {} : { signal: this.#signal }),
      ...(this.#startedAt === undefined ? {} : { startedAt: this.#startedAt }),
      ...(this.#finishedAt === undefined ? {} : { finishedAt: this.#finishedAt }),
      ...(this.#reason === undefined ? {} : { reason: this.#reason }),
    };
  }

  start(): void {
    if (this.#child !== undefined) return;
    this.#asked = false;
    // How the process before ended stays known over restarts by the policy, not over a start that was asked for.
    this.#exitCode = undefined;
    this.#signal = undefined;
    this.#spawn();
  }

  #spawn(): void {
    const { hostname, networkNamespace, root, workingDir, user, argv, environment } = this.#launch;
    const enter = [
      ...(networkNamespace === undefined ? [] : [`--net=/run/netns/${networkNamespace}`]),
      `--root=${root}`,
      `--wd=${root}${workingDir}`,
      ...(user === undefined ? [] : ['--setuid', String(user.uid), '--setgid', String(user.gid)]),
      '--',
      ...argv,
    ];
    const child = spawn('unshare', ['--uts', 'sh', '-c', 'hostname "$0"; exec nsenter "$@"', hostname, ...enter], {
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in the terminal must not reach it, and a kill must reach all of it.
      detached: true,
    });
    this.#child = child;
    this.#status = 'running';
    this.#startedAt = Date.now();
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => this.logs.append('stdout', chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => this.logs.append('stderr', chunk));
    this.#exited = new Promise((resolve) => {
      child.once('error', (error) => {
        this.#reason = `It could not be started: ${error.message}`;
        this.#ended(127, null);
        resolve();
      });
      child.once('exit', (code, signal) => {
        this.#ended(code, signal);
        resolve();
      });
    });
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.#child = undefined;
    this.#finishedAt = Date.now();
    // Container engines report 128 + n for a death by signal n.
    this.#exitCode = code ?? 128 + (signal === 'SIGKILL' ? 9 : 15);
    this.#signal = signal ?? undefined;
    this.#status = 'exited';
    if (this.#asked || !this.#wantsRestart(this.#exitCode)) return;
    if (this.#finishedAt - (this.#startedAt ?? 0) > STABLE_AFTER_MS) this.#delayMs = FIRST_RESTART_DELAY_MS;
    this.#status = 'restarting';
    this.#restartTimer = setTimeout(() => {
      this.#restarts += 1;
      this.#spawn();
    }, this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_RESTART_DELAY_MS);
  }

  #wantsRestart(code: number): boolean {
    const { restart, restartMaxRetries } = this.#service;
    if (restart === 'always' || restart === 'unless-stopped') return true;
    if (restart !== 'on-failure' || code === 0) return false;
    return restartMaxRetries === undefined || this.#restarts < restartMaxRetries;
  }

  /** Asks it to end, and kills it after the grace period. */
  async stop(graceMs: number): Promise<void> {
    this.#asked = true;
    clearTimeout(this.#restartTimer);
    if (this.#status === 'restarting') this.#status = 'exited';
    if (this.#child === undefined) return;
    this.resume();
    this.#send((this.#service.stopSignal ?? 'SIGTERM') as NodeJS.Signals);
    const deadline = new AbortController();
    await Promise.race([this.#exited, pause(graceMs, undefined, { signal: deadline.signal }).catch(() => {})]);
    deadline.abort();
    if (this.#child !== undefined) {
      this.#send('SIGKILL');
      await this.#exited;
    }
  }

  /** Like `docker kill`: the restart policy is not triggered. */
  async kill(): Promise<void> {
    this.#asked = true;
    clearTimeout(this.#restartTimer);
    if (this.#child === undefined) return;
    this.#send('SIGKILL');
    await this.#exited;
  }

  pause(): void {
    if (this.#status !== 'running') return;
    this.#send('SIGSTOP');
    this.#status = 'paused';
  }

  resume(): void {
    if (this.#status !== 'paused') return;
    this.#send('SIGCONT');
    this.#status = 'running';
  }

  /** Resolves when the process that runs now has ended. */
  whenExited(): Promise<void> {
    return this.#exited;
  }

  #send(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended between the look and the call; `exit` tells.
    }
  }
}
