import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultRow, Results, RunEvent } from '../../schemas/results.ts';
import { leftBehind, type MachineState, machineState, RunProcesses } from './leftovers.ts';
import { temporaryDirectory } from './temporary.ts';

const BIN = join(import.meta.dirname, '..', 'bin.mjs');
const MARK = 'TELLTALE_TEST_RUN';

export interface CliOptions {
  /** Added to this process's own; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where it is run; default: a new empty directory. */
  readonly cwd?: string;
  /** The Node that runs it; default: this one. */
  readonly node?: string;
  /** Words put before the program: `['unshare', '-n']`. */
  readonly through?: readonly string[];
  /** Sends a signal once the output (both streams) matches. */
  readonly signalAfter?: { readonly said: RegExp; readonly signal: NodeJS.Signals };
}

export interface CliResult {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the directory that `--out` names. */
  readonly results?: Results;
  readonly events: readonly RunEvent[];
  readonly out: string;
  /** Processes, mounts, interfaces and files that are still there; empty as it should be. */
  readonly left: readonly string[];
}

/** Runs `telltale WORDS` as a user does, to its end. `--out` goes to a directory of its own unless it is among the words. */
export async function runCli(words: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const cli = startCli(words, options);
  const { signalAfter } = options;
  if (signalAfter) {
    await cli.said(signalAfter.said);
    cli.signal(signalAfter.signal);
  }
  return cli.ended();
}

export function startCli(words: readonly string[], options: CliOptions = {}): RunningCli {
  return new RunningCli(words, options);
}

/** A `telltale` that is running. */
export class RunningCli {
  readonly out: string;
  readonly #home = temporaryDirectory();
  readonly #temporary = join(this.#home, 'tmp');
  readonly #before: MachineState = machineState();
  readonly #processes: RunProcesses;
  readonly #child: ChildProcess;
  readonly #exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #stdout = '';
  #stderr = '';
  #over = false;
  readonly #listeners = new Set<() => void>();

  constructor(words: readonly string[], options: CliOptions) {
    const mark = randomUUID();
    this.#processes = new RunProcesses(`${MARK}=${mark}`);
    mkdirSync(this.#temporary);
    const cwd = options.cwd ?? join(this.#home, 'cwd');
    mkdirSync(cwd, { recursive: true });
    const named = words.indexOf('--out');
    this.out = named < 0 ? join(this.#home, 'out') : (words[named + 1] ?? '');
    const all = words[0] === 'run' && named < 0 ? [...words, '--out', this.out] : words;
    const [program = '', ...rest] = [...(options.through ?? []), options.node ?? process.execPath, BIN, ...all];
    const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: this.#temporary, NO_COLOR: '1', [MARK]: mark };
    // Vitest's own variables would change what the program does on a CI.
    for (const name of ['FORCE_COLOR', 'NODE_OPTIONS', 'VITEST', 'NODE_ENV', 'GITHUB_STEP_SUMMARY']) delete env[name];
    for (const [name, value] of Object.entries(options.env ?? {})) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
    this.#child = spawn(program, rest, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#stdout += chunk;
      this.#heard();
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#stderr += chunk;
      this.#heard();
    });
    this.#exit = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      // `close` would wait for whoever inherited the pipes; what matters is this process.
      this.#child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    this.#child.once('close', () => {
      this.#over = true;
      this.#heard();
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get stdout(): string {
    return this.#stdout;
  }

  /** Closes the reading end of its standard output, as `| head -1` does. */
  closeStdout(): void {
    this.#child.stdout?.destroy();
  }

  signal(signal: NodeJS.Signals): void {
    this.#processes.living();
    this.#child.kill(signal);
  }

  /** As Ctrl-C in a terminal: to it and to all that it started in its process group. */
  signalGroup(signal: NodeJS.Signals): void {
    this.#processes.living();
    process.kill(-this.pid, signal);
  }

  /** Kills the process of a service from outside. @throws Error where none matches. */
  killInside(command: RegExp): void {
    const found = this.processes().filter((line) => command.test(line));
    if (found.length === 0) throw new Error(`no process ${command} among ${this.processes().join('; ')}`);
    for (const line of found) process.kill(Number.parseInt(line, 10), 'SIGKILL');
  }

  /** Ids and command lines of all its processes, inside its namespaces too. */
  processes(): readonly string[] {
    return this.#processes.living();
  }

  /** Resolves as soon as the output so far (both streams) matches. @throws Error where it ends without. */
  async said(pattern: RegExp): Promise<void> {
    await this.#until(() => pattern.test(this.#stdout + this.#stderr), `to say ${pattern}`);
  }

  /** Its end, and what it left. */
  async ended(): Promise<CliResult> {
    const watch = setInterval(() => this.#processes.living(), 25);
    const { code, signal } = await this.#exit;
    clearInterval(watch);
    const left = await leftBehind(this.#before, this.#processes, this.#temporary);
    await this.#until(() => this.#over, 'to close its output');
    const results = readJson(join(this.out, 'results.json'));
    const result: CliResult = {
      code: code ?? undefined,
      signal: signal ?? undefined,
      stdout: this.#stdout,
      stderr: this.#stderr,
      ...(results === undefined ? {} : { results }),
      events: readEvents(join(this.out, 'events.ndjson')),
      out: this.out,
      left,
    };
    return result;
  }

  #heard(): void {
    for (const listener of this.#listeners) listener();
  }

  async #until(holds: () => boolean, what: string): Promise<void> {
    const deadline = AbortSignal.timeout(60_000);
    while (!holds()) {
      if (this.#over) throw new Error(`telltale ended and never came ${what}:\n${this.#stdout}\n${this.#stderr}`);
      if (deadline.aborted) throw new Error(`telltale did not come ${what} in 60 s:\n${this.#stdout}\n${this.#stderr}`);
      await new Promise<void>((resolve) => {
        const done = (): void => {
          this.#listeners.delete(done);
          deadline.removeEventListener('abort', done);
          resolve();
        };
        this.#listeners.add(done);
        deadline.addEventListener('abort', done);
      });
    }
  }
}

/** The row of a result, for what a test says of it. */
export function rowOf(results: Results | undefined, id: string, subject: string): ResultRow | undefined {
  return results?.results.find((row) => row.id === id && row.subject === subject);
}

function readJson(path: string): Results | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : undefined;
}

function readEvents(path: string): RunEvent[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  // A run that was killed may leave half a line.
  lines.pop();
  return lines.map((line) => JSON.parse(line) as RunEvent);
}
