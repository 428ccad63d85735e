import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute } from 'node:path';
import type { ServiceDefinition, StackDefinition } from '../../definition/types.ts';
import type { Catalog } from '../../engines/catalog.ts';
import { commandLine } from '../../engines/command-line.ts';
import { componentsOf } from '../../engines/components.ts';
import { findEngine, isFound } from '../../engines/store/find-engine.ts';
import type { EngineBinary, ImageDefaults } from '../../engines/types.ts';
import type { RunningEngine, StartOptions } from '../types.ts';
import { nativeImage } from './built-image.ts';
import { runScript } from './commands.ts';
import { helperCommand, USERLAND_DIRECTORIES, USERLAND_IMAGE } from './helper.ts';
import { planRoot } from './mount-plan.ts';
import type { NamespaceMode } from './namespaces.ts';
import { hostsFile, type NetworkPlan } from './network-plan.ts';
import type { Launch } from './service-process.ts';
import { resolveUser } from './users.ts';

/** A service whose root stands and whose process can be started, or why that cannot be. */
export type Prepared =
  | {
      readonly kind: 'ready';
      readonly launch: Launch;
      readonly running: RunningEngine;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'missing'; readonly running: RunningEngine; readonly reason: string }
  /** No engine, but ordinary programs that this machine has as well. */
  | { readonly kind: 'helper'; readonly launch: Launch; readonly notes: readonly string[] }
  | { readonly kind: 'left-out'; readonly reason: string }
  /** The root could not be made as the compose file says: a container engine would refuse as well. */
  | { readonly kind: 'refused'; readonly running: RunningEngine; readonly reason: string };

export interface PrepareRequest {
  readonly definition: StackDefinition;
  readonly service: ServiceDefinition;
  readonly catalog: Catalog;
  readonly plan: NetworkPlan;
  readonly mode: NamespaceMode;
  readonly options: StartOptions;
  /** Private directory of this stack. */
  readonly base: string;
}

/** Finds the engine, makes the root directory with all mounts, and says how to start the process. */
export async function prepareService(request: PrepareRequest): Promise<Prepared> {
  const { service, catalog, options } = request;
  const helper = helperCommand(service, catalog);
  if (helper !== undefined) return prepareHelper(request, helper);
  if (service.engine === undefined) {
    return {
      kind: 'left-out',
      reason: `${service.name} is not one of the engines that Telltale knows, so the native driver does not run it.`,
    };
  }
  const entry = catalog.entry(service.engine);
  const built = nativeImage(entry, service);
  const { image } = built;
  const replacement = options.replacements?.[service.name];
  const found = await findEngine(service.engine, replacement?.version ?? service.version, {
    ...(replacement?.binary === undefined ? {} : { path: replacement.binary }),
    components: componentsOf(service),
  });
  if (!isFound(found)) {
    const reason = `${service.engine} ${found.asked} was not found: ${found.tried.join(' ')}`;
    const running = {
      service: service.name,
      engine: service.engine,
      version: found.asked,
      source: 'missing',
      missing: { reason, remedy: found.remedy },
    };
    return { kind: 'missing', running, reason };
  }
  const running: RunningEngine = {
    service: service.name,
    engine: service.engine,
    version: found.version,
    source: found.source,
    ...(found.asked === undefined ? {} : { asked: found.asked }),
  };
  const argv = [
    ...commandLine(service, image).map((word) => word.text),
    ...(options.extraArguments?.[service.name] ?? []),
  ];
  const user = resolveUser(service.user ?? image.user);
  if (user === undefined) {
    return {
      kind: 'refused',
      running,
      reason: `user: "${service.user}" of ${service.name} is not a user of its image.`,
    };
  }
  const root = planRoot({
    definition: request.definition,
    service,
    image,
    binaries: binaryPlaces(image, found, argv[0] ?? image.binaryPath),
    hostDirectories: hostDirectories(image, found, argv),
    imageSteps: built.copySteps,
    ...networkFiles(request),
    base: request.base,
    ownership: request.mode === 'root',
    ...user,
  });
  if (root.refused !== undefined) return { kind: 'refused', running, reason: root.refused };
  try {
    await runScript(`make the file system of ${service.name}`, root.steps.join('\n'));
  } catch (error) {
    return { kind: 'refused', running, reason: (error as Error).message };
  }
  const launch: Launch = {
    ...networkPlace(request),
    root: root.root,
    workingDir: service.workingDir ?? (image.workingDir || '/'),
    ...(request.mode === 'root' ? { user } : {}),
    argv,
    environment: environmentOf(service, image),
  };
  return { kind: 'ready', launch, running, notes: [...built.notes, ...root.notes] };
}

/** Ordinary programs come from this machine; files, volumes, user and network are the service's own. */
async function prepareHelper(request: PrepareRequest, argv: readonly string[]): Promise<Prepared> {
  const { service } = request;
  const leftOut = (reason: string): Prepared => ({
    kind: 'left-out',
    reason: `${service.name} was left out: ${reason}`,
  });
  const user = resolveUser(service.user ?? USERLAND_IMAGE.user);
  if (user === undefined) return leftOut(`the user "${service.user}" is not known here.`);
  const root = planRoot({
    definition: request.definition,
    service,
    image: USERLAND_IMAGE,
    binaries: [],
    hostDirectories: USERLAND_DIRECTORIES,
    ...networkFiles(request),
    base: request.base,
    ownership: request.mode === 'root',
    ...user,
  });
  if (root.refused !== undefined) return leftOut(`${root.refused}.`);
  try {
    await runScript(`make the file system of ${service.name}`, root.steps.join('\n'));
  } catch (error) {
    return leftOut((error as Error).message);
  }
  const launch: Launch = {
    ...networkPlace(request),
    root: root.root,
    workingDir: service.workingDir ?? '/',
    ...(request.mode === 'root' ? { user } : {}),
    argv,
    environment: environmentOf(service, USERLAND_IMAGE),
  };
  const note = `${service.name} (${service.image}) was run with this machine's own programs in place of its image's.`;
  return { kind: 'helper', launch, notes: [note, ...root.notes] };
}

function networkFiles({ definition, plan, service }: PrepareRequest): { hosts: string; nameServer?: string } {
  const gateway = plan.hosts[service.name]?.interfaces[0]?.bridge.gateway;
  return { hosts: hostsFile(definition, plan, service), ...(gateway === undefined ? {} : { nameServer: gateway }) };
}

function networkPlace({ plan, service }: PrepareRequest): Pick<Launch, 'hostname' | 'networkNamespace'> {
  const host = plan.hosts[service.name];
  return {
    hostname: host?.hostname ?? service.name,
    ...(host?.namespace === undefined ? {} : { networkNamespace: host.namespace }),
  };
}

/** The binary goes where the image has it, and where the command looks for it. */
function binaryPlaces(image: ImageDefaults, found: EngineBinary, program: string): { from: string; to: string }[] {
  const places = new Set([image.binaryPath]);
  if (isAbsolute(program) && !isShell(program)) places.add(program);
  else if (!isShell(program)) places.add(`/usr/bin/${basename(program)}`);
  const companions = Object.entries(found.companions).map(([name, from]) => ({
    from,
    to: `${dirname(image.binaryPath)}/${name}`.replace('//', '/'),
  }));
  return [...[...places].map((to) => ({ from: found.path, to })), ...companions];
}

function isShell(program: string): boolean {
  return /(^|\/)(sh|bash|ash|env|busybox)$/.test(program);
}

/** A dynamically linked binary needs the host's libraries; a shell as the command needs the host's programs too. */
function hostDirectories(image: ImageDefaults, found: EngineBinary, argv: readonly string[]): string[] {
  const directories = isDynamic(found.path) ? ['/lib', '/lib64', '/usr/lib'] : [];
  if (image.shell && isShell(argv[0] ?? '')) return ['/lib', '/lib64', '/usr/lib', '/usr/bin', '/bin'];
  return directories;
}

function isDynamic(path: string): boolean {
  if (!existsSync('/usr/bin/ldd')) return true;
  try {
    return execFileSync('ldd', [path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes('=>');
  } catch {
    return false; // `ldd` fails on static binaries.
  }
}

function environmentOf(service: ServiceDefinition, image: ImageDefaults): Record<string, string> {
  const environment: Record<string, string> = { ...image.environment };
  for (const [name, { value }] of Object.entries(service.environment)) if (value !== null) environment[name] = value;
  return environment;
}
