import { readFileSync } from 'node:fs';
import type { ServiceDefinition, StackDefinition } from '../../definition/types.ts';
import type {
  Endpoint,
  LogLine,
  Replacement,
  RunningEngine,
  RunningStack,
  ServiceState,
  StartOptions,
} from '../types.ts';
import { quote, runScript } from './commands.ts';
import type { NamespaceMode } from './namespaces.ts';
import { removeNetwork, setCut } from './network.ts';
import { addressOf, type NetworkPlan } from './network-plan.ts';
import type { Prepared } from './prepare.ts';
import { ServiceProcess } from './service-process.ts';

/** Docker's default between SIGTERM and SIGKILL. */
const DEFAULT_GRACE_MS = 10_000;

/** A stack whose services are processes in the run's own namespaces. */
export class NativeStack implements RunningStack {
  readonly driver = 'native';
  readonly definition: StackDefinition;
  readonly plan: NetworkPlan;
  readonly limitations: readonly string[];
  readonly #engines: RunningEngine[] = [];
  readonly #processes = new Map<string, ServiceProcess>();
  /** Services without a process, and why. */
  readonly #absent = new Map<string, ServiceState>();
  readonly #options: StartOptions;
  readonly #base: string;
  #disposed = false;
  readonly #nameServers: { close(): unknown }[] = [];

  constructor(
    definition: StackDefinition,
    plan: NetworkPlan,
    mode: NamespaceMode,
    options: StartOptions,
    base: string,
  ) {
    this.#base = base;
    this.definition = definition;
    this.plan = plan;
    this.#options = options;
    this.limitations =
      mode === 'root'
        ? []
        : ['Without root the native driver runs every engine as one user, so faults of file ownership cannot show.'];
  }

  get engines(): readonly RunningEngine[] {
    return this.#engines;
  }

  /** Closes these together with the stack. */
  owns(...servers: readonly { close(): unknown }[]): void {
    this.#nameServers.push(...servers);
  }

  /** Takes up a service as `prepareService` left it. */
  add(service: ServiceDefinition, prepared: Prepared): void {
    if (prepared.kind !== 'left-out' && prepared.kind !== 'helper') this.#engines.push(prepared.running);
    if (prepared.kind === 'ready' || prepared.kind === 'helper') {
      for (const note of prepared.notes) this.#options.note(note);
      this.#processes.set(service.name, new ServiceProcess(service, prepared.launch));
      return;
    }
    const status = prepared.kind === 'refused' ? 'exited' : prepared.kind;
    this.#absent.set(service.name, {
      service: service.name,
      status,
      restarts: 0,
      reason: prepared.reason,
      ...(prepared.kind === 'refused' ? { exitCode: 125 } : {}),
    });
  }

  endpoint(service: string, containerPort: number): Endpoint | undefined {
    const host = addressOf(this.plan, service);
    return host === undefined || !this.#processes.has(service) ? undefined : { host, port: containerPort };
  }

  async state(service: string): Promise<ServiceState> {
    const known = this.#processes.get(service)?.state() ?? this.#absent.get(service);
    return known ?? { service, status: 'left-out', restarts: 0, reason: `${service} was not selected for this run.` };
  }

  async logs(service: string, options: { sinceMs?: number; tail?: number } = {}): Promise<readonly LogLine[]> {
    return this.#processes.get(service)?.logs.lines(options) ?? [];
  }

  async start(service: string): Promise<void> {
    this.#processes.get(service)?.start();
  }

  async stop(service: string, options: { graceMs?: number } = {}): Promise<void> {
    const own = this.definition.services.find((other) => other.name === service)?.stopGracePeriodMs;
    await this.#processes.get(service)?.stop(options.graceMs ?? own ?? DEFAULT_GRACE_MS);
  }

  async kill(service: string): Promise<void> {
    await this.#processes.get(service)?.kill();
  }

  async restart(service: string): Promise<void> {
    await this.stop(service);
    await this.start(service);
  }

  async pause(service: string): Promise<void> {
    this.#processes.get(service)?.pause();
  }

  async resume(service: string): Promise<void> {
    this.#processes.get(service)?.resume();
  }

  async cut(one: string, other: string): Promise<void> {
    await setCut(this.plan, one, other, true);
  }

  async mend(one: string, other: string): Promise<void> {
    await setCut(this.plan, one, other, false);
  }

  async replace(service: string, by: Replacement): Promise<void> {
    const process = this.#processes.get(service);
    if (process === undefined || by.binary === undefined) return;
    await this.stop(service);
    // Another binary over the old one at every place where the root has it.
    const program = process.launch.argv[0] ?? '';
    await runScript(
      `put ${by.binary} in place of the engine of ${service}`,
      `mount --bind -o ro ${quote(by.binary)} ${quote(process.launch.root + program)}`,
    );
    await this.start(service);
  }

  async diskUsage(service: string): Promise<Readonly<Record<string, number>>> {
    const definition = this.definition.services.find((other) => other.name === service);
    const root = this.#processes.get(service)?.launch.root;
    const usage: Record<string, number> = {};
    for (const mount of definition?.mounts ?? []) {
      if (mount.kind !== 'volume' || root === undefined) continue;
      const printed = await runScript(
        `measure ${mount.target} of ${service}`,
        `find ${quote(root + mount.target)} -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }'`,
      );
      usage[mount.target] = Number.parseInt(printed, 10);
    }
    return usage;
  }

  /**
   * Nothing is worth a graceful stop any more: processes are killed, then network, mounts and files of this stack are
   * removed. All of them are the namespaces' own and would vanish with them; another stack may come first.
   */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await Promise.all([...this.#processes.values()].map((process) => process.kill()));
    for (const server of this.#nameServers) server.close();
    await removeNetwork(this.plan);
    // Lazily: a process that is still dying may hold a mount for a moment. In a user namespace what lies below a bound
    // /sys or /proc is locked, and goes with it. Whatever is still mounted after that is somebody else's: nothing is
    // deleted across a mount.
    const unmounts = mountsBelow(this.#base).map((path) => `umount -l ${quote(path)} 2>/dev/null || true`);
    await runScript(
      'unmount the files of the run',
      [...unmounts, `rm -rf --one-file-system ${quote(this.#base)}`].join('\n'),
    );
  }
}

/** Mount points below a directory, children before their parents. In `/proc/mounts` blanks and the like are octal. */
function mountsBelow(directory: string): readonly string[] {
  return readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) =>
      (line.split(' ')[1] ?? '').replaceAll(/\\([0-7]{3})/g, (_, octal) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      ),
    )
    .filter((path) => path.startsWith(`${directory}/`))
    .toSorted()
    .reverse();
}
