import type { StackDefinition } from '../definition/types.ts';

/** How a stack is brought to life. */
export type DriverName = 'compose' | 'native' | 'attach';

export interface Driver {
  readonly name: DriverName;
  /** Whether this machine can use it, found out by trying; `reason` says what is missing and what to install. */
  available(
    definition?: StackDefinition,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string; readonly remedy: string }>;
  /**
   * Starts the services, in dependency order. Resolves when every start was attempted: a service that could not
   * start or exited at once is a state, not an exception.
   * @throws MachineError where the machine cannot do the driver's work at all.
   */
  start(definition: StackDefinition, options: StartOptions): Promise<RunningStack>;
}

export interface StartOptions {
  readonly runId: string;
  /** Only these services and what they depend on; undefined: all. */
  readonly services?: readonly string[];
  /** Directory for scratch copies, sockets and logs of this run; removed by `dispose`. */
  readonly scratch: string;
  readonly progress: (message: string) => void;
  readonly note: (message: string) => void;
  readonly signal: AbortSignal;
  /** Keep container or process and data after the run. */
  readonly keep?: boolean;
  /** Per service: words appended to the engine's command (clock overrides), see `drivers/overrides.ts`. */
  readonly extraArguments?: Readonly<Record<string, readonly string[]>>;
  /** Per service: an engine binary or image to run in place of the one that the stack names. */
  readonly replacements?: Readonly<Record<string, Replacement>>;
}

export interface Replacement {
  readonly version: string;
  readonly binary?: string;
  readonly image?: string;
}

/** A stack brought to life, whoever did it. Service names are the compose file's. */
export interface RunningStack {
  readonly driver: DriverName;
  readonly definition: StackDefinition;
  /** What this driver on this machine cannot show, as sentences. */
  readonly limitations: readonly string[];
  /** What really ran behind each service. */
  readonly engines: readonly RunningEngine[];
  /** Address at which Telltale reaches a container port; undefined where the service never started. */
  endpoint(service: string, containerPort: number): Endpoint | undefined;
  state(service: string): Promise<ServiceState>;
  /** Oldest first. */
  logs(service: string, options?: { readonly sinceMs?: number; readonly tail?: number }): Promise<readonly LogLine[]>;
  stop(service: string, options?: { readonly graceMs?: number }): Promise<void>;
  kill(service: string): Promise<void>;
  start(service: string): Promise<void>;
  /** Stop, then start, on the same data. */
  restart(service: string): Promise<void>;
  pause(service: string): Promise<void>;
  resume(service: string): Promise<void>;
  /** No packet passes between the two any more, in either direction, until `mend`. */
  cut(one: string, other: string): Promise<void>;
  mend(one: string, other: string): Promise<void>;
  /** Another version of the engine on the same data. */
  replace(service: string, by: Replacement): Promise<void>;
  /** Bytes in the files of each volume of the service, directories not counted, by container path. */
  diskUsage(service: string): Promise<Readonly<Record<string, number>>>;
  /** Stops and removes everything that was started. Safe to call twice. */
  dispose(): Promise<void>;
}

export interface RunningEngine {
  readonly service: string;
  readonly engine: string;
  readonly version: string;
  /** The version named by the stack, where it differs. */
  readonly asked?: string;
  readonly source: string;
  /** Present: it could not be had; `remedy` is the command that brings it. */
  readonly missing?: { readonly reason: string; readonly remedy: string };
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface ServiceState {
  readonly service: string;
  /** `missing`: its engine cannot be had. `left-out`: not recognised as an engine, so this driver does not run it. */
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'missing' | 'left-out';
  readonly exitCode?: number;
  readonly signal?: string;
  /** Restarts by the restart policy, not by Telltale. */
  readonly restarts: number;
  /** Milliseconds since the epoch. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** For `missing`, `left-out` and failures of the start itself: why, as a sentence. */
  readonly reason?: string;
}

export interface LogLine {
  /** Milliseconds since the epoch, as seen by the driver. */
  readonly at: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Telltale or the machine could not do its work: exit code 3. */
export class MachineError extends Error {
  override readonly name = 'MachineError';
  readonly remedy: string;
  constructor(message: string, options: { remedy: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.remedy = options.remedy;
  }
}
