import { readdirSync } from 'node:fs';
import type { StackDefinition } from '../../definition/types.ts';
import { removeScratch } from '../scratch.ts';
import type {
  Endpoint,
  LogLine,
  Replacement,
  RunningEngine,
  RunningStack,
  ServiceState,
  StartOptions,
} from '../types.ts';
import type { Collector } from './collector.ts';
import type { ComposeModel } from './compose-model.ts';
import type { ContainerEngine } from './container-engine.ts';
import { containerDiskUsage } from './disk-usage.ts';
import { CUT_LIMITATION, canRoute, type NetworkCuts } from './network-cut.ts';
import { networkOwner, type PlannedPort } from './ports.ts';
import { removeImages, removeProject } from './reap.ts';

export interface ComposeStackParts {
  readonly definition: StackDefinition;
  readonly model: ComposeModel;
  readonly engine: ContainerEngine;
  readonly project: string;
  readonly scratch: string;
  readonly collector: Collector;
  readonly cuts: NetworkCuts;
  readonly options: StartOptions;
  readonly owner: string | undefined;
  /** Services that are not run, and why. */
  readonly absent: ReadonlyMap<string, ServiceState>;
  readonly engines: readonly RunningEngine[];
  /** The ports that were planned last: they change where one was taken. */
  readonly ports: () => ReadonlyMap<string, readonly PlannedPort[]>;
  /** Recreates one service with another image, on the same volumes. */
  readonly recreate: (service: string, by: Replacement) => Promise<RunningEngine | undefined>;
}

/** Docker's default between SIGTERM and SIGKILL. */
const DEFAULT_GRACE_MS = 10_000;

/** A stack whose services are containers of a compose project of this run's own. */
export class ComposeStack implements RunningStack {
  readonly driver = 'compose';
  readonly definition: StackDefinition;
  readonly limitations: readonly string[];
  readonly #parts: ComposeStackParts;
  readonly #engines: RunningEngine[];
  #disposed: Promise<void> | undefined;

  constructor(parts: ComposeStackParts) {
    this.#parts = parts;
    this.definition = parts.definition;
    this.#engines = [...parts.engines];
    this.limitations = canRoute(parts.engine) ? [] : [CUT_LIMITATION];
  }

  get engines(): readonly RunningEngine[] {
    return this.#engines;
  }

  endpoint(service: string, containerPort: number): Endpoint | undefined {
    const { model, absent, collector, engine, ports } = this.#parts;
    const known = model.services[service];
    if (known === undefined || absent.has(service)) return undefined;
    const owner = networkOwner(model, service);
    const modelOwner = model.services[owner];
    if (modelOwner?.network_mode === 'host') return { host: engine.host, port: containerPort };
    const networks = Object.keys(modelOwner?.networks ?? {});
    const planned = ports()
      .get(owner)
      ?.filter(({ target }) => target === containerPort);
    const port = planned?.find(({ protocol }) => protocol === 'tcp') ?? planned?.[0];
    // Docker publishes nothing of a container on internal networks alone.
    const isPublished = networks.some((key) => !model.networks[key]?.internal);
    if (port !== undefined && isPublished) return { host: engine.host, port: port.published };
    const address = collector.address(owner);
    return address === undefined || !engine.local ? undefined : { host: address, port: containerPort };
  }

  async state(service: string): Promise<ServiceState> {
    const { absent, collector, model } = this.#parts;
    const known = absent.get(service);
    if (known !== undefined) return known;
    if (model.services[service] === undefined) {
      return { service, status: 'left-out', restarts: 0, reason: `${service} was not selected for this run.` };
    }
    return collector.state(service);
  }

  async logs(service: string, options: { sinceMs?: number; tail?: number } = {}): Promise<readonly LogLine[]> {
    return this.#parts.collector.logs(service).lines(options);
  }

  async start(service: string): Promise<void> {
    const { collector, cuts } = this.#parts;
    const container = this.#container(service);
    if (container === undefined) return;
    await collector.beforeAskedStart(service);
    await container.start().catch(ignoreUnchanged);
    await cuts.renew(service);
  }

  async stop(service: string, options: { graceMs?: number } = {}): Promise<void> {
    const own = this.definition.services.find((other) => other.name === service)?.stopGracePeriodMs;
    const container = this.#container(service);
    if (container === undefined) return;
    await this.resume(service);
    const graceMs = options.graceMs ?? own ?? DEFAULT_GRACE_MS;
    await container.stop({ t: Math.ceil(graceMs / 1000) }).catch(ignoreUnchanged);
  }

  async kill(service: string): Promise<void> {
    const container = this.#container(service);
    if (container === undefined) return;
    await container.kill().catch(ignoreUnchanged);
    await container.wait({ condition: 'not-running' });
  }

  async restart(service: string): Promise<void> {
    await this.stop(service);
    await this.start(service);
  }

  async pause(service: string): Promise<void> {
    await this.#container(service)?.pause().catch(ignoreUnchanged);
  }

  async resume(service: string): Promise<void> {
    const { status } = await this.state(service);
    if (status === 'paused') await this.#container(service)?.unpause().catch(ignoreUnchanged);
  }

  async cut(one: string, other: string): Promise<void> {
    await this.#parts.cuts.cut(one, other);
  }

  async mend(one: string, other: string): Promise<void> {
    await this.#parts.cuts.mend(one, other);
  }

  async replace(service: string, by: Replacement): Promise<void> {
    const running = await this.#parts.recreate(service, by);
    const index = this.#engines.findIndex((engine) => engine.service === service);
    if (running !== undefined && index >= 0) this.#engines[index] = running;
    await this.#parts.cuts.renew(service);
  }

  async diskUsage(service: string): Promise<Readonly<Record<string, number>>> {
    const container = this.#parts.collector.container(service);
    return container === undefined ? {} : containerDiskUsage(this.#parts.engine.docker, container);
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  /** Nothing is worth a graceful stop any more: containers are killed, and with them go the volumes of this run. */
  async #dispose(): Promise<void> {
    const { collector, engine, project, scratch, options, owner } = this.#parts;
    if (options.keep === true) {
      collector.end();
      options.note(`The stack still runs; remove it with: docker compose -p ${project} down -v; rm -r ${scratch}`);
      return;
    }
    await removeProject(engine.docker, project);
    collector.end();
    if (owner !== undefined) await removeImages(engine.docker, `com.docker.compose.project=${project}`);
    try {
      removeScratch(scratch);
    } catch {
      const left = readdirSync(scratch).join(', ');
      options.note(`${scratch} (${left}) has files of the engines' users; remove it as root: sudo rm -r ${scratch}`);
    }
  }

  #container(service: string) {
    const id = this.#parts.collector.container(service);
    return id === undefined ? undefined : this.#parts.engine.docker.getContainer(id);
  }
}

/** Stopped, started or paused already (304, 409), or gone (404): what was asked for holds as far as it can. */
function ignoreUnchanged(error: { readonly statusCode?: number }): void {
  if (error.statusCode !== 304 && error.statusCode !== 409 && error.statusCode !== 404) throw error;
}
