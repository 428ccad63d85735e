import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { imageDefaults, loadCatalog } from '../engines/catalog.ts';
import { commandLine } from '../engines/command-line.ts';
import type { CatalogEntry } from '../engines/types.ts';
import { withoutIdle } from './check/idle-findings.ts';
import { mountFindings } from './check/mount-findings.ts';
import { stackFindings } from './check/stack-findings.ts';
import { readCompose } from './compose/read-compose.ts';
import type { ComposeService } from './compose/service.ts';
import { entriesOf, nodeAt } from './config-node.ts';
import { readFacts } from './configs/index.ts';
import { withDeletionByOne } from './configs/loki/shared-compactor.ts';
import type { ReaderContext, ServiceShape } from './configs/reader.ts';
import { didYouMean } from './configs/shared/findings.ts';
import { type Finding, InputError, type Position } from './position.ts';
import { derivePromises } from './promises/derive.ts';
import type { StackView } from './promises/stack-view.ts';
import { type ContainerFiles, containerFiles } from './roles/container-files.ts';
import { demandRecognised } from './roles/demand-recognised.ts';
import { deeplyPlaced, inlinePlaces } from './roles/inline-content.ts';
import { recognise } from './roles/recognise.ts';
import { readSettings } from './settings/read-settings.ts';
import type { TelltaleSettings } from './settings.ts';
import { parseYaml } from './syntax/yaml.ts';
import type { EnvironmentValue, ServiceDefinition, StackDefinition } from './types.ts';

export interface ReadStackOptions {
  /** Compose files, relative to the directory; without them `telltale.yaml`'s, else the default names. */
  readonly files?: readonly string[];
  /** Compose profiles to switch on; without them `telltale.yaml`'s, else `COMPOSE_PROFILES`. */
  readonly profiles?: readonly string[];
  /** For `${…}` in compose files; default: the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads a directory into a definition: `telltale.yaml`, compose files, roles, every engine's configuration as its
 * container sees it, promises and findings. Starts nothing and writes nothing.
 *
 * @throws InputError where the compose file or `telltale.yaml` cannot be used, or where engines write to or query a
 * service of which nobody says what it is.
 */
export function readStack(directory: string, options: ReadStackOptions = {}): StackDefinition {
  const root = resolve(directory);
  const settings = readSettings(root);
  const files = options.files ?? settings.composeFiles;
  const profiles = options.profiles ?? settings.profiles;
  const environment = { ...(options.environment ?? process.env) };
  const compose = (on: readonly string[] | undefined) =>
    readCompose(root, {
      ...(files === undefined ? {} : { files }),
      ...(on === undefined ? {} : { profiles: on }),
      environment,
    });
  const project = compose(profiles);
  const catalog = loadCatalog();
  const others: Record<string, string> = {};
  const services: ServiceDefinition[] = [];
  const findings: Finding[] = [...project.findings];
  for (const shape of project.services) {
    const read = readService(root, { ...shape, recognisedBy: [] }, catalog.engines, settings, project.files);
    services.push(read.service);
    if (read.other !== undefined) others[shape.name] = read.other;
    findings.push(...mountFindings(root, read.service), ...(read.service.facts?.findings ?? []));
  }
  services.splice(0, services.length, ...withDeletionByOne(services));
  let all: readonly ComposeService[] | undefined;
  const inactiveServices = (): readonly ComposeService[] => {
    if (Object.keys(project.inactive).length === 0) return [];
    all ??= readOthers(() => compose(['*']).services);
    return all.filter((one) => !services.some((service) => service.name === one.name));
  };
  checkSettings(settings, [...services], inactiveServices);
  const view: StackView = {
    directory: project.directory,
    name: project.name,
    composeFiles: project.files,
    profiles: project.profiles,
    services,
    networks: project.networks,
    volumes: project.volumes,
    findings,
    settings,
    others,
    inactiveServices,
    declaredVolumes: () => declaredVolumes(root, project.files),
    composeText: () => project.files.map((file) => readFileSync(resolve(root, file), 'utf8')).join('\n'),
  };
  demandRecognised(view);
  const promises = derivePromises(view);
  findings.push(...stackFindings(view, promises));
  const told = withoutIdle(findings, promises);
  const { directory: path, name, composeFiles, networks, volumes } = view;
  return {
    directory: path,
    name,
    composeFiles,
    profiles: view.profiles,
    services,
    networks,
    volumes,
    settings,
    findings: told,
    promises,
  };
}

function declaredVolumes(directory: string, files: readonly string[]): Record<string, Position> {
  const declared: Record<string, Position> = {};
  for (const file of files) {
    const { root } = parseYaml(readFileSync(resolve(directory, file), 'utf8'), file);
    for (const [key, { keyAt }] of entriesOf(nodeAt(root, 'volumes'))) declared[key] ??= keyAt;
  }
  return declared;
}

/** What profiles that are off hold is a matter of comfort: a fault there is none of this selection. */
function readOthers(read: () => readonly ComposeService[]): readonly ComposeService[] {
  try {
    return read();
  } catch {
    return [];
  }
}

function readService(
  directory: string,
  shape: ServiceShape,
  catalog: readonly CatalogEntry[],
  settings: TelltaleSettings,
  composeFiles: readonly string[],
): { service: ServiceDefinition; other?: string } {
  const bare = containerFiles(directory, shape);
  const found = recognise(shape, catalog, settings, bare);
  const entry = catalog.find((one) => one.engine === found.engine);
  const service: ServiceDefinition = {
    ...shape,
    recognisedBy: found.reasons,
    ...(found.engine === undefined ? {} : { engine: found.engine }),
    ...(found.role === undefined ? {} : { role: found.role }),
    ...(found.version === undefined ? {} : { version: found.version }),
  };
  if (entry === undefined) return { service, ...(found.other === undefined ? {} : { other: found.other }) };
  const context = contextOf(directory, service, entry, bare);
  // `alloy otel` runs a Collector on a Collector's configuration.
  const facts = readFacts(isAlloyOtel(context) ? { ...context, engine: 'otelcol' } : context);
  const places = inlinePlaces(directory, composeFiles, service);
  return { service: { ...service, facts: places.length === 0 ? facts : deeplyPlaced(facts, places) } };
}

function contextOf(directory: string, service: ServiceShape, entry: CatalogEntry, bare: ContainerFiles): ReaderContext {
  const reference = bare.dockerfile?.from ?? service.image;
  const image = imageDefaults(entry, reference);
  const { dockerfile } = bare;
  const built = {
    entrypoint: dockerfile?.entrypoint ?? image.entrypoint,
    command: dockerfile?.command ?? (dockerfile?.entrypoint === undefined ? image.command : []),
  };
  const { defaultConfig } = image;
  const own = defaultConfig === undefined ? {} : { [defaultConfig.path]: defaultConfig.content };
  const shape: ServiceShape = service.workingDir === undefined ? { ...service, workingDir: image.workingDir } : service;
  const { readFile, listDirectory } = containerFiles(directory, shape, own);
  const environment: Record<string, EnvironmentValue> = {};
  for (const [name, value] of Object.entries(image.environment)) {
    environment[name] = { value, at: { file: '(image)', line: 1, column: 1 } };
  }
  return {
    engine: entry.engine,
    service,
    argv: commandLine(service, built),
    environment: { ...environment, ...service.environment },
    version: service.version ?? entry.defaultVersion,
    readFile,
    listDirectory,
  };
}

function isAlloyOtel({ engine, argv }: ReaderContext): boolean {
  return engine === 'alloy' && argv.slice(0, 3).some((word) => word.text === 'otel');
}

function checkSettings(
  settings: TelltaleSettings,
  services: readonly ServiceDefinition[],
  inactive: () => readonly ComposeService[],
): void {
  for (const [name, { at }] of Object.entries(settings.services)) {
    if (services.some((service) => service.name === name) || inactive().some((service) => service.name === name))
      continue;
    const known = services.map((service) => service.name);
    const meant = didYouMean(name, known);
    throw new InputError(
      `${basename(settings.file ?? 'telltale.yaml')} speaks of a service "${name}", and the compose file has none.`,
      {
        at,
        remedy: meant === undefined ? `The services are ${known.join(', ')}.` : `Did you mean "${meant}"?`,
      },
    );
  }
}
