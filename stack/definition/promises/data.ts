import { existsSync, readdirSync, statSync } from 'node:fs';
import type { RetentionFact } from '../facts.ts';
import type { Position } from '../position.ts';
import type { StackPromise } from '../promise.ts';
import type { Mount, Signal } from '../types.ts';
import { bytes, type Draft, duration, promiseOf } from './promise-of.ts';
import type { Breakage } from './route.ts';
import { type EngineService, engines, type StackView } from './stack-view.ts';

/** A period or size after which data go. What must be on for it, and is not, breaks the promise. */
export function retentionPromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((service) => {
    const promised = service.facts.retention.filter((fact) => !isDoneByAnother(view, service, fact));
    const all = promised.flatMap((fact) => retentionPromise(service, fact) ?? []);
    const idle = all.length === 0 ? idleDeletion(service) : undefined;
    return idle === undefined ? all : [idle];
  });
}

function retentionPromise(service: EngineService, fact: RetentionFact): StackPromise | undefined {
  const { tenant, selector, signal } = fact;
  const age = fact.period?.value ?? 0;
  const size = fact.sizeBytes?.value ?? 0;
  if (age === 0 && size === 0) return undefined;
  const beyond = [
    ...(age === 0 ? [] : [`older than ${duration(age)}`]),
    ...(size === 0 ? [] : [`beyond ${bytes(size)}`]),
  ].join(' or ');
  const at = age === 0 ? fact.sizeBytes?.at : fact.period?.at;
  const missing = fact.enablers.find((one) => !one.satisfied);
  const whose = `${tenant === undefined ? '' : ` of tenant ${tenant}`}${selector === undefined ? '' : ` in ${selector}`}`;
  return retention(service, signal, [tenant, selector], {
    says: `${service.name} deletes ${signal}${whose} ${beyond}`,
    at,
    value: age === 0 ? size : age,
    broken:
      missing === undefined
        ? undefined
        : {
            why: `${service.name} never deletes ${signal}: ${missing.setting.key} is ${missing.setting.at === undefined ? 'not set' : JSON.stringify(missing.setting.value)}`,
            ...positionOr(missing.setting.at ?? at),
            remedy: missing.remedy,
          },
  });
}

/** Services that share a configuration and run a part each (`-target=read`): one of them deletes for all. */
function isDoneByAnother(view: StackView, service: EngineService, fact: RetentionFact): boolean {
  const missing = fact.enablers.filter((one) => !one.satisfied);
  if (missing.length === 0 || missing.some((one) => one.setting.key !== 'target')) return false;
  return engines(view).some(
    (other) =>
      other !== service &&
      other.engine === service.engine &&
      other.facts.retention.some(
        (one) => one.signal === fact.signal && one.enablers.every(({ satisfied }) => satisfied),
      ),
  );
}

/**
 * Deletion is switched on and no period says what is too old: somebody believes that old data go. The same key also
 * opens the API for delete requests, which who uses it says with a deletion mode.
 */
function idleDeletion(service: EngineService): StackPromise | undefined {
  const enabled = service.facts.features['retention-delete-api'];
  if (enabled?.value !== true || enabled.from === 'default' || enabled.from === 'image') return undefined;
  if (service.facts.files.some((file) => /^\s*["']?(deletion_mode|allow_deletes)["']?\s*:/m.test(file.text)))
    return undefined;
  const chosen = service.facts.retention.some(({ period }) => period !== undefined && period.from !== 'default');
  if (chosen || service.role === undefined || service.role !== 'logs') return undefined;
  return retention(service, 'logs', [], {
    says: `${service.name} deletes old logs`,
    at: enabled.at,
    broken: {
      why: `${enabled.key} switches deletion on, and no retention_period says what is too old: nothing is ever deleted`,
      ...positionOr(enabled.at),
      remedy: `Set limits_config.retention_period, or remove ${enabled.key}.`,
    },
  });
}

function retention(
  service: EngineService,
  signal: Signal,
  key: readonly (string | undefined)[],
  more: Pick<Draft, 'says' | 'at' | 'value' | 'broken'>,
): StackPromise {
  const [tenant] = key;
  return promiseOf({
    kind: `retention.${signal}`,
    key: [service.name, ...key.flatMap((one) => one ?? [])],
    subject: service.name,
    signal,
    by: service.name,
    ...(tenant === undefined ? {} : { tenant }),
    ...more,
  });
}

/** Limits that somebody wrote down: what is beyond is refused. */
export function limitPromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((service) =>
    service.facts.limits
      .filter(({ setting }) => setting.from !== 'default' && setting.from !== 'image')
      .map(({ key, setting, unit, tenant }) =>
        promiseOf({
          kind: 'limit',
          key: [service.name, key, ...(tenant === undefined ? [] : [tenant])],
          subject: service.name,
          column: key,
          ...(tenant === undefined ? {} : { tenant }),
          says: `${service.name} keeps to ${key} = ${unit === 'bytes' ? bytes(setting.value) : unit === 'ms' ? duration(setting.value) : `${setting.value} (${unit})`}`,
          by: service.name,
          at: setting.at,
          value: setting.value,
        }),
      ),
  );
}

/** A declared volume promises that what the engine stores survives its container. */
export function persistencePromises(view: StackView): StackPromise[] {
  const mounted = engines(view).flatMap((service) =>
    service.mounts.filter((mount) => isData(view, service, mount)).map((mount) => volumePromise(service, mount)),
  );
  return [...mounted, ...unkeptPromises(view)];
}

type DataMount = Extract<Mount, { kind: 'volume' | 'bind' }>;

function isData(view: StackView, service: EngineService, mount: Mount): mount is DataMount {
  if (mount.kind !== 'volume' && mount.kind !== 'bind') return false;
  if (mount.readOnly && !holdsStorage(service, mount.target)) return false;
  if (holdsStorage(service, mount.target)) return true;
  // A directory of the host inside the data directory brings files (dashboards, plugins); a volume there keeps some.
  if (within(service, mount.target)) return mount.kind === 'volume';
  if (mount.kind === 'bind') return isMeantForData(view, service, mount);
  if (service.facts.storage.length === 0) return false;
  // A volume that others mount too carries files between containers: logs, sockets, certificates.
  const users = view.services.filter((one) =>
    one.mounts.some((other) => other.kind === 'volume' && other.volume === mount.volume),
  );
  return users.length < 2 && !/\/(plugins?|certs?|tls|ssl|log|logs|etc)(\/|$)/.test(mount.target);
}

function volumePromise(service: EngineService, mount: DataMount): StackPromise {
  const name = mount.kind === 'volume' ? (mount.volume ?? mount.target) : mount.target;
  const stores = service.facts.storage.map((one) => one.path).join(', ');
  const [first] = service.facts.storage;
  const fits = holdsStorage(service, mount.target) || within(service, mount.target);
  const broken: Breakage | undefined = !fits
    ? {
        why: `${service.name} mounts ${name} at ${mount.target}, and stores its data at ${stores || 'another place'}`,
        at: mount.at,
        ...(first?.at === undefined ? {} : { at: mount.at }),
        remedy: `Mount it at ${first?.path ?? 'the data directory'}, or store the data under ${mount.target}.`,
      }
    : mount.readOnly
      ? {
          why: `${service.name} stores its data at ${mount.target}, where ${name} is mounted read-only`,
          at: mount.at,
          remedy: 'Remove ro (read_only) from the mount.',
        }
      : lostBeside(service, mount);
  return promiseOf({
    kind: 'persistence',
    key: [name],
    subject: service.name,
    column: mount.target,
    says: `what ${service.name} stores in ${mount.target} survives its container`,
    by: service.name,
    at: mount.at,
    value: mount.target,
    broken,
  });
}

/** What matters most is stored where no mount is, while another mount says that data are meant to survive. */
function lostBeside(service: EngineService, mount: DataMount): Breakage | undefined {
  if (!holdsStorage(service, mount.target)) return undefined;
  const kept = service.mounts.filter((one) => one.kind === 'volume' || one.kind === 'bind');
  // A log of what is not yet in a block matters where somebody chose its place; defaults are the image's affair.
  const essential = service.facts.storage.filter(
    ({ what, at }) => /chunk|block|database|metastore/i.test(what) || (what === 'write-ahead log' && at !== undefined),
  );
  const lost = essential.find(({ path }) => !kept.some((one) => isUnder(path, one.target)));
  if (lost === undefined) return undefined;
  return {
    why: `${service.name} keeps ${mount.target}, and stores its ${lost.what} in ${lost.path}, which goes with the container`,
    ...positionOr(lost.at ?? mount.at),
    remedy: `Mount a volume at ${lost.path}, or store them under ${mount.target}.`,
  };
}

/** Volumes that are declared and that nobody mounts, in this selection of profiles or another. */
export function unmountedVolumes(view: StackView): { key: string; at: Position; owner?: EngineService }[] {
  const uses = (mounts: readonly Mount[], key: string): boolean =>
    mounts.some((mount) => mount.kind === 'volume' && mount.volume === key);
  return Object.entries(view.declaredVolumes()).flatMap(([key, at]) => {
    if (view.services.some((service) => uses(service.mounts, key))) return [];
    if (view.inactiveServices().some((service) => uses(service.mounts, key))) return [];
    const owner = ownerByName(view, key);
    return [{ key, at, ...(owner === undefined ? {} : { owner }) }];
  });
}

/** A volume that bears the name of an engine whose data nothing keeps was meant for it. */
function unkeptPromises(view: StackView): StackPromise[] {
  return unmountedVolumes(view).flatMap(({ key, at, owner }): StackPromise[] => {
    if (owner === undefined) return [];
    return [
      promiseOf({
        kind: 'persistence',
        key: [key],
        subject: owner.name,
        says: `what ${owner.name} stores survives its container in the volume ${key}`,
        by: owner.name,
        at,
        broken: {
          why: `the volume ${key} is declared, and neither ${owner.name} nor another service mounts it`,
          at,
          remedy: `Mount ${key} at ${owner.facts.storage[0]?.path ?? 'the data directory'} in ${owner.name}, or remove it.`,
        },
      }),
    ];
  });
}

/**
 * The engine for which a volume was meant: one whose data nothing keeps, by the volume's name; else by elimination,
 * where it is the only one without a volume in a stack that gives every other engine one.
 */
function ownerByName(view: StackView, volume: string): EngineService | undefined {
  const stateful = engines(view).filter(({ facts }) => facts.storage.length > 0);
  const unkept = stateful.filter(
    (service) =>
      !service.mounts.some(
        (mount) => (mount.kind === 'volume' || mount.kind === 'bind') && holdsStorage(service, mount.target),
      ),
  );
  const named = unkept.find((service) => volume.includes(service.name) || volume.includes(service.engine));
  if (named !== undefined) return named;
  const [only] = unkept;
  const known = view.services.every((service) => service.facts !== undefined);
  return known && unkept.length === 1 && stateful.length > 2 ? only : undefined;
}

function holdsStorage(service: EngineService, target: string): boolean {
  return service.facts.storage.some(({ path }) => isUnder(path, target));
}

function within(service: EngineService, target: string): boolean {
  return service.facts.storage.some(({ path }) => isUnder(target, path));
}

function isUnder(path: string, directory: string): boolean {
  const base = directory.replace(/\/+$/, '');
  return path.replace(/\/+$/, '') === base || path.startsWith(`${base}/`);
}

/** An empty directory of the stack's own, in a service that stores: gateways get directories to read logs from. */
function isMeantForData(view: StackView, service: EngineService, mount: DataMount): boolean {
  if (mount.kind !== 'bind' || service.role === 'gateway' || service.facts.storage.length === 0) return false;
  return (
    mount.source.startsWith(`${view.directory}/`) &&
    isEmptyDirectory(mount.source) &&
    !/^\/(etc|proc|sys|run|var\/run|var\/log|dev)(\/|$)|\/logs?(\/|$)/.test(mount.target)
  );
}

function isEmptyDirectory(path: string): boolean {
  try {
    if (!existsSync(path)) return !/\.\w+$/.test(path);
    return statSync(path).isDirectory() && readdirSync(path).every((name) => name.startsWith('.'));
  } catch {
    return false;
  }
}

function positionOr(at: Position | undefined): { at?: Position } {
  return at === undefined ? {} : { at };
}
