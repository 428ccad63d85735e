import { setTimeout as pause } from 'node:timers/promises';
import type { Dependency, ServiceDefinition, StackDefinition } from '../../definition/types.ts';
import { loadCatalog } from '../../engines/catalog.ts';
import { selectServices, startOrder } from '../start-order.ts';
import { type Driver, MachineError, type RunningStack, type StartOptions } from '../types.ts';
import { runScript } from './commands.ts';
import { answersWell, type HealthQuestion, healthQuestion } from './health.ts';
import { serveNames } from './name-server.ts';
import { insideNamespaces, probeNamespaces } from './namespaces.ts';
import { NativeStack } from './native-stack.ts';
import { buildNetwork } from './network.ts';
import { addressOf, planNetwork, zoneOf } from './network-plan.ts';
import { privateDirectory } from './paths.ts';
import { prepareService } from './prepare.ts';

/** The engines' binaries as processes with container semantics, no container engine needed. */
export const nativeDriver: Driver = {
  name: 'native',

  async available() {
    if (insideNamespaces() !== undefined) return { ok: true };
    return probeNamespaces();
  },

  /** Must be called inside the namespaces (`reenterInNamespaces`). */
  async start(definition: StackDefinition, options: StartOptions): Promise<RunningStack> {
    const mode = insideNamespaces();
    if (mode === undefined) {
      throw new MachineError('The native driver was started outside of its namespaces.', {
        remedy: 'This is a fault of Telltale: report it with the command that you used.',
      });
    }
    const instance = instances++;
    await preparePrivateDirectory(privateDirectory(instance));
    const services = startOrder(selectServices(definition.services, options.services));
    const plan = planNetwork(definition, instance);
    await buildNetwork(plan);
    const stack = new NativeStack(definition, plan, mode, options, privateDirectory(instance));
    const nameServers = plan.bridges.map(({ gateway, network }) =>
      serveNames(gateway, zoneOf(definition, plan, network)),
    );
    stack.owns(...(await Promise.all(nameServers)));
    const catalog = loadCatalog();
    for (const service of services) {
      if (options.signal.aborted) break;
      const prepared = await prepareService({
        definition,
        service,
        catalog,
        plan,
        mode,
        options,
        base: privateDirectory(instance),
      });
      stack.add(service, prepared);
    }
    // Networks and roots stand for all before the first process starts, so that a name resolves from the beginning.
    const starting = new Map<string, Promise<void>>();
    for (const service of services) {
      const dependencies = service.dependsOn.map(async (dependency) => {
        await starting.get(dependency.service);
        await untilDependency(stack, definition, dependency, options.signal);
      });
      starting.set(
        service.name,
        Promise.all(dependencies).then(async () => {
          if (!options.signal.aborted) await stack.start(service.name);
        }),
      );
    }
    await Promise.all(starting.values());
    return stack;
  },
};

/** Stacks that this process has started: each has a directory, a network and addresses of its own. */
let instances = 0;

/** The tmpfs is mounted once; a second stack of the same process has its directory beside the first one's. */
async function preparePrivateDirectory(directory: string): Promise<void> {
  await runScript(
    'mount the private directory of the run',
    `mount --make-rprivate /
if [ ! -e /run/telltale ]; then mount -t tmpfs -o mode=755,size=80% tmpfs /run; mkdir -p /run/netns; fi
mkdir -p ${directory}`,
  );
}

const POLL_MS = 50;

/** Waits as compose does before it starts a dependent service; gives up quietly, since the rows will tell. */
async function untilDependency(
  stack: NativeStack,
  definition: StackDefinition,
  dependency: Dependency,
  signal: AbortSignal,
): Promise<void> {
  if (dependency.condition === 'service_started') return;
  const service = definition.services.find((other) => other.name === dependency.service);
  if (service === undefined) return;
  const deadline = Date.now() + healthDeadlineMs(service);
  while (Date.now() < deadline && !signal.aborted) {
    const state = await stack.state(service.name);
    if (state.status === 'missing' || state.status === 'left-out') return;
    if (dependency.condition === 'service_completed_successfully') {
      if (state.status === 'exited') return;
    } else if (state.status === 'exited') {
      return;
    } else if (await isHealthy(stack, service)) {
      return;
    }
    await pause(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

function healthDeadlineMs(service: ServiceDefinition): number {
  const check = service.healthcheck;
  return check ? check.startPeriodMs + (check.intervalMs + check.timeoutMs) * check.retries : 60_000;
}

async function isHealthy(stack: NativeStack, service: ServiceDefinition): Promise<boolean> {
  const asked = healthQuestion(service.healthcheck) ?? defaultHealth(service);
  const host = addressOf(stack.plan, service.name);
  return asked !== undefined && host !== undefined && answersWell(host, asked, 1000);
}

function defaultHealth(service: ServiceDefinition): HealthQuestion | undefined {
  if (service.engine === undefined) return undefined;
  const ready = loadCatalog().entry(service.engine).ready;
  const port = service.facts?.listeners.find((listener) => listener.protocol === 'http-api')?.port ?? ready.port;
  return { tls: false, port, path: ready.path, headers: {} };
}
