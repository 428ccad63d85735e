import path from 'node:path';
import { type ConfigMap, entriesOf, itemsOf, nodeAt } from '../config-node.ts';
import type { Finding } from '../position.ts';
import type { Mount, NetworkDefinition, VolumeDefinition } from '../types.ts';
import { checkConsistency } from './consistency.ts';
import { LoadContext } from './load-context.ts';
import { loadModel } from './load-model.ts';
import { locateProject, projectName, requireDirectory } from './locate.ts';
import { textOf } from './merge.ts';
import { readLinks } from './networking.ts';
import { checkFileObjects, readNetworkDefinitions, readVolumeDefinitions } from './resources.ts';
import { type ComposeService, readService } from './service.ts';
import { kindOf, refuse } from './tree.ts';

export interface ComposeOptions {
  /** Relative to the directory; default: `COMPOSE_FILE`, else the default names. */
  readonly files?: readonly string[];
  /** Default: `COMPOSE_PROFILES`. `*` switches on all. */
  readonly profiles?: readonly string[];
  /** Default: that of this process. Variables of `.env` come under it. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly projectName?: string;
}

export interface ComposeProject {
  /** Absolute. */
  readonly directory: string;
  /** Absolute: where relative paths begin. The directory of the first file, as for compose. */
  readonly workingDirectory: string;
  readonly name: string;
  /** The compose files, relative to `directory`, in the order of merging; included and extended ones are not listed. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  /** Services of the active profiles, in file order. */
  readonly services: readonly ComposeService[];
  /** Services that no active profile starts, with the profiles that would. */
  readonly inactive: Readonly<Record<string, readonly string[]>>;
  /** Those that an active service uses. */
  readonly networks: Readonly<Record<string, NetworkDefinition>>;
  /** Those that an active service uses. */
  readonly volumes: Readonly<Record<string, VolumeDefinition>>;
  readonly findings: readonly Finding[];
}

/**
 * Reads the compose project of a directory as `docker compose config` would, with the place of everything.
 *
 * @throws InputError for what compose itself refuses: a missing directory or file, broken YAML, a required variable
 * without a value, wrong types and unknown keys, circles, references to nothing
 * @see https://docs.docker.com/reference/compose-file/
 */
export function readCompose(directory: string, options: ComposeOptions = {}): ComposeProject {
  const root = requireDirectory(directory);
  const context = new LoadContext(root);
  const outer = new Map(
    Object.entries(options.environment ?? process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const located = locateProject(root, options.files, outer, context);
  const name = projectName(located, options.projectName, context);
  const environment = new Map(located.environment).set('COMPOSE_PROJECT_NAME', name);
  const model = loadModel(located.files, located.workingDirectory, environment, context);
  const profiles = options.profiles ?? splitProfiles(environment.get('COMPOSE_PROFILES'));
  const { active, inactive } = byProfile(model, profiles);
  if (active.length + Object.keys(inactive).length === 0) {
    refuse('There are no services in the compose file.', model.at, 'Add them under `services:`.');
  }
  checkFileObjects(model);
  const services = active.map(([key, entry]) => readService(key, entry, model, environment, context));
  const networks = readNetworkDefinitions(model, name);
  const volumes = readVolumeDefinitions(model, name);
  checkConsistency({ root: model, services, inactive, networks, volumes });
  const linked = withLinkAliases(withVolumesFrom(services, model), model);
  return {
    directory: root,
    workingDirectory: located.workingDirectory,
    name,
    files: located.files.map((file) => path.relative(root, file)),
    profiles,
    services: linked,
    inactive,
    networks: pick(
      networks,
      linked.flatMap((service) => Object.keys(service.networks)),
    ),
    volumes: pick(
      volumes,
      linked.flatMap((service) => service.mounts.flatMap(volumeOf)),
    ),
    findings: context.findings,
  };
}

function splitProfiles(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((profile) => profile.trim())
    .filter((profile) => profile !== '');
}

function byProfile(model: ConfigMap, profiles: readonly string[]) {
  const services = model.entries.get('services')?.node;
  const active: ReturnType<typeof entriesOf> = [];
  const inactive: Record<string, string[]> = {};
  for (const [name, entry] of entriesOf(services)) {
    if (entry.node.kind !== 'map') {
      refuse(
        `services.${name} must be a mapping, and is ${kindOf(entry.node)}.`,
        entry.keyAt,
        'Write its keys under it.',
      );
    }
    const wanted = itemsOf(nodeAt(entry.node, 'profiles')).map(textOf);
    const on = wanted.length === 0 || profiles.includes('*') || wanted.some((profile) => profiles.includes(profile));
    if (on) active.push([name, entry]);
    else inactive[name] = wanted;
  }
  return { active, inactive };
}

/** `volumes_from: [SERVICE]` mounts what the other service mounts, at the same targets. */
function withVolumesFrom(services: readonly ComposeService[], model: ConfigMap): ComposeService[] {
  return services.map((service) => {
    const own = new Set(service.mounts.map((mount) => mount.target));
    const borrowed = itemsOf(nodeAt(model, 'services', service.name, 'volumes_from')).flatMap((node): Mount[] => {
      const [from = '', access] = textOf(node).split(':', 2);
      const mounts = services.find(({ name }) => name === from)?.mounts ?? [];
      return mounts.flatMap((mount): Mount[] => {
        if (own.has(mount.target) || (mount.kind !== 'bind' && mount.kind !== 'volume')) return [];
        return [{ ...mount, readOnly: mount.readOnly || access === 'ro', at: node.at }];
      });
    });
    return borrowed.length === 0 ? service : { ...service, mounts: [...service.mounts, ...borrowed] };
  });
}

/** `links: [SERVICE:ALIAS]` lets the other service be reached by that name too. */
function withLinkAliases(services: readonly ComposeService[], model: ConfigMap): ComposeService[] {
  const aliases = services.flatMap((service) => {
    const node = nodeAt(model, 'services', service.name);
    return node === undefined ? [] : readLinks(node);
  });
  return services.map((service) => {
    const own = aliases.flatMap((link) =>
      link.service === service.name && link.alias !== undefined ? [link.alias] : [],
    );
    if (own.length === 0) return service;
    const networks = Object.entries(service.networks).map(([key, names]) => [key, [...new Set([...names, ...own])]]);
    return { ...service, networks: Object.fromEntries(networks) as ComposeService['networks'] };
  });
}

function volumeOf(mount: Mount): string[] {
  return mount.kind === 'volume' && mount.volume !== undefined ? [mount.volume] : [];
}

function pick<V>(all: Readonly<Record<string, V>>, keys: readonly string[]): Record<string, V> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)));
}
