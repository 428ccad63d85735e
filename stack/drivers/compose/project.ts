import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackDefinition } from '../../definition/types.ts';
import { ownerOf } from '../owner.ts';
import { makeScratch } from '../scratch.ts';
import { selectServices } from '../start-order.ts';
import type { RunningEngine, ServiceState, StartOptions } from '../types.ts';
import { type ComposeModel, readModel } from './compose-model.ts';
import type { ContainerEngine } from './container-engine.ts';
import { bringImage, type Image, runningEngine } from './images.ts';
import { type OverrideRequest, overrideContent, overrideNotes } from './override.ts';
import { composeText } from './override-file.ts';
import { type PlannedPort, planPorts } from './ports.ts';
import { planBinds } from './scratch-binds.ts';

/** Everything about a run's compose project that is settled before anything is started. */
export class Project {
  readonly name: string;
  readonly definition: StackDefinition;
  readonly model: ComposeModel;
  readonly scratch: string;
  readonly owner: string | undefined;
  readonly images = new Map<string, Image>();
  readonly absent = new Map<string, ServiceState>();
  ports: ReadonlyMap<string, readonly PlannedPort[]> = new Map();
  readonly #engine: ContainerEngine;
  readonly #options: StartOptions;
  /** Images that take the place of the file's, by service. */
  readonly #replaced: Record<string, string> = {};
  #binds: OverrideRequest['binds'] = { mounts: {}, devices: {}, notes: [] };
  #takenSubnets: readonly string[] = [];
  #written = 0;

  constructor(definition: StackDefinition, model: ComposeModel, engine: ContainerEngine, options: StartOptions) {
    this.definition = definition;
    this.model = model;
    this.#engine = engine;
    this.#options = options;
    // Compose allows lower-case letters, digits, dashes and underscores.
    this.name = `telltale-${options.runId.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '-')}`;
    this.owner = options.keep === true ? undefined : ownerOf();
    this.scratch = makeScratch(options.runId.replaceAll(/[^\w-]/g, '-'), options.keep !== true);
  }

  /** Brings images, copies what could be written to, and says which services stay out. */
  async prepare(): Promise<void> {
    this.#leaveUnselected();
    for (const name of this.#wanted()) {
      if (this.#options.signal.aborted) return;
      await this.#bring(name);
    }
    this.#leaveDependent(this.absent);
    this.#binds = await planBinds(this.model, this.#wanted(), this.scratch);
    const networks = await this.#engine.docker.listNetworks();
    this.#takenSubnets = networks.flatMap(({ IPAM }) => (IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []));
    for (const note of [...this.#binds.notes, ...overrideNotes(this.#request(new Set(this.absent.keys())))]) {
      this.#options.note(note);
    }
  }

  /** Writes the override file with ports that are free now. */
  async writeOverride(leftOut: ReadonlySet<string>): Promise<string> {
    const closed = new Map([...leftOut].map((name) => [name, this.absent.get(name)]));
    this.#leaveDependent(closed);
    const exposed = Object.fromEntries(
      [...this.images].map(([name, image]) => [name, image.kind === 'there' ? image.ports : []]),
    );
    this.ports = await planPorts(this.definition, this.model, exposed);
    return this.write('override.yaml', composeText(overrideContent(this.#request(new Set(closed.keys())))));
  }

  /** The same override with another image for one service. */
  writeReplacement(service: string, image: string): string {
    this.#replaced[service] = image;
    return this.write('replacement.yaml', composeText({ services: { [service]: { image, pull_policy: 'never' } } }));
  }

  write(name: string, text: string): string {
    this.#written += 1;
    const file = join(this.scratch, `${String(this.#written).padStart(2, '0')}-${name}`);
    writeFileSync(file, text);
    return file;
  }

  engines(): readonly RunningEngine[] {
    return this.definition.services.flatMap((service) => {
      const image = this.images.get(service.name);
      return (image && runningEngine(service, image)) ?? [];
    });
  }

  async bring(service: string, options: StartOptions = this.#options): Promise<Image> {
    const { definition, model, name: project, owner } = this;
    const write = (name: string, text: string): string => this.write(name, text);
    return bringImage(service, { definition, model, engine: this.#engine, project, owner, write, options });
  }

  #request(leftOut: ReadonlySet<string>): OverrideRequest {
    const commands: Record<string, readonly string[]> = {};
    for (const [name, words] of Object.entries(this.#options.extraArguments ?? {})) {
      const image = this.images.get(name);
      const service = this.model.services[name];
      // An entrypoint of the file's own drops the image's command.
      const inherited = service?.entrypoint == null && image?.kind === 'there' ? image.command : [];
      commands[name] = [...(service?.command ?? inherited), ...words];
    }
    return {
      model: this.model,
      project: this.name,
      owner: this.owner,
      publishOn: this.#engine.host === '127.0.0.1' ? '127.0.0.1' : '0.0.0.0',
      binds: this.#binds,
      ports: this.ports,
      leftOut,
      images: this.#replaced,
      commands,
      takenSubnets: this.#takenSubnets,
    };
  }

  #wanted(): readonly string[] {
    return Object.keys(this.model.services).filter((name) => !this.absent.has(name));
  }

  #leaveUnselected(): void {
    const selected = new Set(
      selectServices(this.definition.services, this.#options.services).map((service) => service.name),
    );
    for (const name of Object.keys(this.model.services)) {
      if (!selected.has(name)) this.#leave(name, 'left-out', `${name} was not selected for this run.`);
    }
  }

  async #bring(name: string): Promise<void> {
    const image = await this.bring(name);
    this.images.set(name, image);
    if (image.kind === 'there') {
      if (image.reference !== this.model.services[name]?.image) this.#replaced[name] = image.reference;
      return;
    }
    const isEngine = this.definition.services.find((service) => service.name === name)?.engine !== undefined;
    this.#options.note(`${name} is left out: ${image.reason}`);
    this.#leave(name, isEngine ? 'missing' : 'left-out', image.reason);
  }

  #leave(service: string, status: 'missing' | 'left-out', reason: string): void {
    this.absent.set(service, { service, status, restarts: 0, reason });
  }

  /** A service that lives in the network, processes or volumes of one that is left out cannot be made without it. */
  #leaveDependent(absent: Map<string, ServiceState | undefined>): void {
    for (let before = -1; before !== absent.size; ) {
      before = absent.size;
      for (const [name, service] of Object.entries(this.model.services)) {
        const hosts = [service.network_mode, service.pid, service.ipc].flatMap(
          (mode) => /^service:(.*)$/.exec(mode ?? '')?.[1] ?? [],
        );
        const lenders = (service.volumes_from ?? []).map((from) => from.split(':')[0] ?? '');
        const host = [...hosts, ...lenders].find((other) => absent.has(other));
        if (host === undefined || absent.has(name)) continue;
        const reason = `${name} shares a namespace or volumes with ${host}, which does not run.`;
        absent.set(name, { service: name, status: 'left-out', restarts: 0, reason });
        this.absent.set(name, { service: name, status: 'left-out', restarts: 0, reason });
      }
    }
  }
}

/** Reads the project as compose sees it. @throws MachineError where compose refuses the files. */
export async function openProject(
  definition: StackDefinition,
  engine: ContainerEngine,
  options: StartOptions,
): Promise<Project> {
  return new Project(definition, await readModel(definition), engine, options);
}
