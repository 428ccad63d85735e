import { existsSync, readdirSync, statSync } from 'node:fs';
import type { Position } from '../position.ts';
import type { StackPromise } from '../promise.ts';
import type { Mount } from '../types.ts';
import { bytes, duration, promiseOf } from './promise-of.ts';
import type { Breakage } from './route.ts';
import { type EngineService, engines, type StackView } from './stack-view.ts';

/** A period or size after which data go. What must be on for it, and is not, breaks the promise. */
export function retentionPromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((service) =>
    service.facts.retention.flatMap((fact): StackPromise[] => {
      const age = fact.period?.value;
      const size = fact.sizeBytes?.value;
      const switchedOn = fact.enablers.find(
        (one) => one.satisfied && one.setting.from !== 'default' && one.setting.from !== 'image',
      );
      const says = [
        ...(age === undefined || age === 0 ? [] : [`older than ${duration(age)}`]),
        ...(size === undefined || size === 0 ? [] : [`beyond ${bytes(size)}`]),
      ].join(' or ');
      const whose = fact.tenant === undefined ? '' : ` of tenant ${fact.tenant}`;
      const which = fact.selector === undefined ? '' : ` in ${fact.selector}`;
      const missing = fact.enablers.find((one) => !one.satisfied);
      if (says === '') {
        const chosen = fact.period !== undefined && fact.period.from !== 'default' && fact.period.from !== 'image';
        if (switchedOn === undefined || chosen || service.facts.retention.length > 1) return [];
        const at = switchedOn.setting.at;
        return [
          retention(service, fact.signal, [], `${service.name} deletes old ${fact.signal}`, at, undefined, {
            why: `${switchedOn.setting.key} switches deletion on, and no period says what is too old: nothing is ever deleted`,
            ...(at === undefined ? {} : { at }),
            remedy: `Set ${fact.period?.key ?? 'a retention period'}, or remove ${switchedOn.setting.key}.`,
          }),
        ];
      }
      const at = fact.period?.at ?? fact.sizeBytes?.at;
      const value = age === undefined || age === 0 ? size : age;
      const broken: Breakage | undefined =
        missing === undefined
          ? undefined
          : {
              why: `${service.name} never deletes ${fact.signal}: ${missing.setting.key} is ${missing.setting.at === undefined ? 'not set' : JSON.stringify(missing.setting.value)}`,
              ...positionOr(missing.setting.at ?? at),
              remedy: missing.remedy,
            };
      const key = [
        ...(fact.tenant === undefined ? [] : [fact.tenant]),
        ...(fact.selector === undefined ? [] : [fact.selector]),
      ];
      return [
        retention(
          service,
          fact.signal,
          key,
          `${service.name} deletes ${fact.signal}${whose}${which} ${says}`,
          at,
          value,
          broken,
          fact.tenant,
        ),
      ];
    }),
  );
}

function retention(
  service: EngineService,
  signal: StackPromise['signal'] & string,
  key: readonly string[],
  says: string,
  at: Position | undefined,
  value: number | undefined,
  broken: Breakage | undefined,
  tenant?: string,
): StackPromise {
  return promiseOf({
    kind: `retention.${signal}`,
    key: [service.name, ...key],
    subject: service.name,
    signal,
    says,
    by: service.name,
    at,
    ...(value === undefined ? {} : { value }),
    ...(tenant === undefined ? {} : { tenant }),
    broken,
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
  return [...mounted, ...unmountedVolumes(view)];
}

type DataMount = Extract<Mount, { kind: 'volume' | 'bind' }>;

function isData(view: StackView, service: EngineService, mount: Mount): mount is DataMount {
  if (mount.kind !== 'volume' && mount.kind !== 'bind') return false;
  if (mount.readOnly && !holdsStorage(service, mount.target)) return false;
  if (holdsStorage(service, mount.target) || within(service, mount.target)) return true;
  if (mount.kind === 'bind')
    return isEmptyDirectory(mount.source) && !/^\/(etc|proc|sys|run|var\/run|dev)(\/|$)/.test(mount.target);
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
      : undefined;
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

function unmountedVolumes(view: StackView): StackPromise[] {
  const used = (mounts: readonly Mount[], key: string): boolean =>
    mounts.some((mount) => mount.kind === 'volume' && mount.volume === key);
  return Object.entries(view.declaredVolumes()).flatMap(([key, at]): StackPromise[] => {
    if (view.services.some((service) => used(service.mounts, key))) return [];
    if (view.inactiveServices().some((service) => used(service.mounts, key))) return [];
    return [
      promiseOf({
        kind: 'persistence',
        key: [key],
        subject: ownerByName(view, key) ?? key,
        says: `what is stored in the volume ${key} survives`,
        by: ownerByName(view, key) ?? key,
        at,
        broken: {
          why: `the volume ${key} is declared, and no service mounts it`,
          at,
          remedy: `Mount ${key} where its service stores data, or remove it.`,
        },
      }),
    ];
  });
}

/** Whose volume it was, by name: `loki-data` belongs to `loki`. */
function ownerByName(view: StackView, volume: string): string | undefined {
  return view.services.find((service) => volume.includes(service.name) || volume.includes(service.engine ?? '\0'))
    ?.name;
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
