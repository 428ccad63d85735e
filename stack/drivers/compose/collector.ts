import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceState } from '../types.ts';
import type { Docker } from './container-engine.ts';
import { LogStore } from './log-store.ts';

type Inspection = Awaited<ReturnType<ReturnType<Docker['getContainer']>['inspect']>>;

const LONGEST_TAIL_MS = 1000;

interface ContainerEvent {
  readonly id: string;
  readonly Action: string;
  readonly timeNano: number;
  readonly Actor: { readonly Attributes: Readonly<Record<string, string>> };
}

interface ServiceRecord {
  readonly logs: LogStore;
  /** Resolves when the log of the last start has been read to its end. */
  following: Promise<void>;
  /** The container that stands for the service now. */
  container?: string;
  /** What was seen last, for when the container is gone. */
  state?: ServiceState;
  /** Why its container could not be created or started, in the engine's words. */
  refusal?: { readonly reason: string; readonly exitCode: number };
  /** Somebody sent a signal: the death that follows is no crash. */
  asked: boolean;
  address?: string;
  /** Restarts before the last start that was asked for: the engine counts from there. */
  restartsBefore: number;
}

/**
 * States and logs of a compose project's containers, taken from the container engine itself from before anything is
 * started: Testcontainers tears a failed start down, and a service that has crashed at once is in none of its lists.
 */
export class Collector {
  readonly #docker: Docker;
  readonly #project: string;
  readonly #records = new Map<string, ServiceRecord>();
  readonly #stop = new AbortController();
  readonly #onStart: (service: string) => void;

  constructor(docker: Docker, project: string, onStart: (service: string) => void = () => {}) {
    this.#docker = docker;
    this.#project = project;
    this.#onStart = onStart;
  }

  /** Resolves when the engine reports from now on. */
  async begin(): Promise<void> {
    const stream = await this.#docker.getEvents({
      abortSignal: this.#stop.signal,
      filters: { type: ['container'], label: [`com.docker.compose.project=${this.#project}`] },
    });
    stream.on('error', () => {}); // The end of the run, or of the engine: the next call to it will tell.
    const lines = createInterface({ input: stream });
    lines.on('error', () => {});
    lines.on('line', (line) => this.#event(JSON.parse(line) as ContainerEvent));
  }

  end(): void {
    this.#stop.abort();
  }

  logs(service: string): LogStore {
    return this.#record(service).logs;
  }

  container(service: string): string | undefined {
    return this.#records.get(service)?.container;
  }

  address(service: string): string | undefined {
    return this.#records.get(service)?.address;
  }

  /** Keeps the count of restarts over a start that was asked for. */
  async beforeAskedStart(service: string): Promise<void> {
    const record = this.#record(service);
    record.restartsBefore = (await this.state(service)).restarts;
  }

  /** The state now; undefined for a service that never had a container. */
  async state(service: string): Promise<ServiceState> {
    const record = this.#record(service);
    const inspection = await this.#inspect(record.container);
    if (inspection !== undefined) this.#remember(service, inspection);
    const state = record.state ?? { service, status: 'created', restarts: 0 };
    if (record.refusal === undefined) return state;
    return { ...state, status: 'exited', exitCode: record.refusal.exitCode, reason: record.refusal.reason };
  }

  /** Services whose container was created and could not be started, with the engine's words. */
  async refused(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    await Promise.all(
      [...this.#records].map(async ([service, record]) => {
        const inspection = await this.#inspect(record.container);
        const words = inspection?.State.Status === 'created' ? inspection.State.Error : '';
        if (words) found.set(service, words);
      }),
    );
    return found;
  }

  refuse(service: string, reason: string, exitCode: number): void {
    this.#record(service).refusal = { reason, exitCode };
  }

  async #inspect(container: string | undefined): Promise<Inspection | undefined> {
    if (container === undefined) return undefined;
    return this.#docker
      .getContainer(container)
      .inspect()
      .catch(() => undefined);
  }

  #record(service: string): ServiceRecord {
    const known = this.#records.get(service);
    if (known !== undefined) return known;
    const record: ServiceRecord = {
      logs: new LogStore(),
      following: Promise.resolve(),
      asked: false,
      restartsBefore: 0,
    };
    this.#records.set(service, record);
    return record;
  }

  #event({ id, Action: action, timeNano, Actor: { Attributes: attributes } }: ContainerEvent): void {
    const service = attributes['com.docker.compose.service'];
    // `docker compose run` makes containers of the same service besides.
    if (service === undefined || attributes['com.docker.compose.oneoff'] === 'True') return;
    const record = this.#record(service);
    if (action === 'create') {
      record.container = id;
      record.asked = false;
    }
    if (record.container !== id) return;
    if (action === 'start') {
      record.asked = false;
      this.#follow(service, id).catch(() => {}); // Gone meanwhile: there is nothing left to read.
      this.#onStart(service);
    } else if (action === 'kill') {
      record.asked = true;
    } else if (action === 'die' && !record.asked) {
      record.state = {
        ...(record.state ?? { service, restarts: 0 }),
        status: 'exited',
        exitCode: Number(attributes.exitCode),
        ...signalOf(Number(attributes.exitCode)),
        finishedAt: Math.round(timeNano / 1e6),
      };
    } else if (action === 'destroy') {
      delete record.container;
      delete record.address;
    }
  }

  async #follow(service: string, id: string): Promise<void> {
    const record = this.#record(service);
    const { logs } = record;
    // One after the other, or the end of the last log is read twice.
    await Promise.race([record.following, pause(LONGEST_TAIL_MS)]);
    const container = this.#docker.getContainer(id);
    const [stream, inspection] = await Promise.all([
      container.logs({
        follow: true,
        stdout: true,
        stderr: true,
        timestamps: true,
        since: logs.since,
        abortSignal: this.#stop.signal,
      }),
      this.#inspect(id),
    ]);
    if (inspection !== undefined && !record.asked) this.#remember(service, inspection);
    record.following = logs.follow(stream, inspection?.Config.Tty === true);
    await record.following;
  }

  #remember(service: string, inspection: Inspection): void {
    const record = this.#record(service);
    const { State, NetworkSettings, RestartCount } = inspection;
    const address = Object.values(NetworkSettings.Networks ?? {}).find(({ IPAddress }) => IPAddress)?.IPAddress;
    if (address !== undefined) record.address = address;
    const ended = State.Status !== 'running' && State.Status !== 'paused' && State.Status !== 'created';
    record.state = {
      service,
      status: statusOf(State.Status),
      restarts: record.restartsBefore + RestartCount,
      ...(ended ? { exitCode: State.ExitCode, ...signalOf(State.ExitCode) } : {}),
      ...timeOf('startedAt', State.StartedAt),
      ...(ended ? timeOf('finishedAt', State.FinishedAt) : {}),
      ...(ended && State.OOMKilled ? { reason: 'The kernel killed it: its memory limit was reached.' } : {}),
      ...(State.Error ? { reason: State.Error } : {}),
    };
  }
}

function statusOf(status: string): ServiceState['status'] {
  switch (status) {
    case 'created':
    case 'running':
    case 'paused':
    case 'restarting':
      return status;
    default:
      return 'exited';
  }
}

/** Container engines report 128 + n for a death by signal n. */
function signalOf(exitCode: number): { readonly signal?: string } {
  if (exitCode === 137) return { signal: 'SIGKILL' };
  return exitCode === 143 ? { signal: 'SIGTERM' } : {};
}

function timeOf<K extends 'startedAt' | 'finishedAt'>(key: K, text: string): { readonly [P in K]?: number } {
  const at = Date.parse(text);
  return (Number.isNaN(at) || at <= 0 ? {} : { [key]: at }) as { readonly [P in K]?: number };
}
