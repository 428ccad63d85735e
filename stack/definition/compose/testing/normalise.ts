import type { ComposeProject } from '../read-compose.ts';
import type { ComposeService } from '../service.ts';
import { parseBytes, parseDuration } from '../units.ts';

/** What both readings say about a project, in a form that can be compared; without places. */
export interface Normalised {
  readonly name: string;
  readonly services: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** JSON, once somebody has asked for a field that may not be there. */
type Json = { readonly [key: string]: unknown };

export function normaliseOurs(project: ComposeProject): Normalised {
  return {
    name: project.name,
    services: Object.fromEntries(project.services.map((service) => [service.name, ourService(service)])),
    networks: mapObject(project.networks, ({ name, external, internal }) => ({ name, external, internal })),
    volumes: mapObject(project.volumes, ({ name, external, device }) => ({ name, external, device })),
  };
}

function ourService(service: ComposeService): unknown {
  const { build, healthcheck } = service;
  return {
    image: service.image,
    build: build && {
      context: build.context,
      dockerfile: build.dockerfile ?? (build.dockerfileInline === undefined ? 'Dockerfile' : undefined),
      inline: build.dockerfileInline,
      target: build.target,
      args: build.args,
    },
    containerName: service.containerName,
    hostname: service.hostname,
    entrypoint: service.entrypoint?.map((word) => word.text),
    command: service.command?.map((word) => word.text),
    environment: mapObject(service.environment, ({ value }) => value),
    mounts: sorted(service.mounts.map((mount) => ({ ...mount, at: undefined, contentAt: undefined }))),
    ports: sorted(service.ports.map(({ at: _, ...port }) => port)),
    expose: service.expose,
    networks: service.networks,
    networkMode: service.networkMode,
    extraHosts: [...service.extraHosts].sort(),
    dependsOn: sorted(service.dependsOn.map(({ at: _, ...dependency }) => dependency)),
    restart: [service.restart, service.restartMaxRetries],
    user: service.user,
    workingDir: service.workingDir,
    healthcheck: healthcheck && { ...healthcheck, at: undefined },
    stopGracePeriodMs: service.stopGracePeriodMs,
    stopSignal: service.stopSignal,
    readOnly: service.readOnly,
    replicas: service.replicas,
    memoryLimitBytes: service.memoryLimitBytes,
  };
}

/**
 * @param json what `docker compose config --format json` prints
 * @param environment for configs and secrets that are variables: the CLI prints only their names
 */
export function normaliseTheirs(json: string, environment: Readonly<Record<string, string | undefined>>): Normalised {
  const project = unescapeDollars(JSON.parse(json)) as Json;
  const file = (section: string, key: string) => {
    const definition = objectOf(objectOf(project[section])[key]);
    return { ...definition, content: definition.content ?? environment[String(definition.environment)] };
  };
  return {
    name: String(project.name),
    services: mapObject(objectOf(project.services), (service) => theirService(objectOf(service), file)),
    networks: mapObject(objectOf(project.networks), (each) => {
      const { name, external, internal } = objectOf(each);
      return { name, external: external === true, internal: internal === true };
    }),
    volumes: mapObject(objectOf(project.volumes), (each) => {
      const { name, external, driver, driver_opts } = objectOf(each);
      const options = objectOf(driver_opts);
      const bind = (driver ?? 'local') === 'local' && options.o === 'bind';
      return { name, external: external === true, device: bind ? options.device : undefined };
    }),
  };
}

function theirService(service: Json, file: (section: string, key: string) => Json): unknown {
  const build = service.build === undefined ? undefined : objectOf(service.build);
  const deploy = objectOf(service.deploy);
  const limit = objectOf(objectOf(deploy.resources).limits).memory ?? service.mem_limit;
  return {
    image: service.image,
    build: build && {
      context: build.context,
      dockerfile: build.dockerfile,
      inline: build.dockerfile_inline,
      target: build.target,
      args: objectOf(build.args),
    },
    containerName: service.container_name,
    hostname: service.hostname,
    entrypoint: service.entrypoint ?? undefined,
    command: service.command ?? undefined,
    environment: objectOf(service.environment),
    mounts: sorted([
      ...listOf(service.volumes).flatMap((each) => theirVolume(objectOf(each))),
      ...[service.tmpfs ?? []].flat().map((each) => theirTmpfs(String(each))),
      ...listOf(service.configs).map((each) => theirFile('config', objectOf(each), file)),
      ...listOf(service.secrets).map((each) => theirFile('secret', objectOf(each), file)),
    ]),
    ports: sorted(
      listOf(service.ports).map((each) => {
        const { host_ip, published, target, protocol } = objectOf(each);
        const fixed = /^\d+$/.test(String(published)) ? { published: Number(published) } : {};
        return { hostIp: host_ip ?? '', ...fixed, target, protocol };
      }),
    ),
    expose: listOf(service.expose).map(Number),
    networks: mapObject(objectOf(service.networks), (each) => listOf(objectOf(each).aliases)),
    networkMode: service.network_mode,
    extraHosts: listOf(service.extra_hosts).sort(),
    dependsOn: sorted(
      Object.entries(objectOf(service.depends_on)).map(([name, each]) => {
        const { condition, required } = objectOf(each);
        return { service: name, condition, required };
      }),
    ),
    restart: theirRestart(service.restart, deploy.restart_policy),
    user: service.user,
    workingDir: service.working_dir,
    healthcheck: service.healthcheck === undefined ? undefined : theirHealthcheck(objectOf(service.healthcheck)),
    stopGracePeriodMs: duration(service.stop_grace_period),
    stopSignal: service.stop_signal,
    readOnly: service.read_only === true,
    replicas: service.scale ?? deploy.replicas ?? 1,
    memoryLimitBytes: limit === undefined || String(limit) === '0' ? undefined : parseBytes(String(limit)),
  };
}

function theirVolume(volume: Json): unknown[] {
  const { source, target, read_only } = volume;
  const readOnly = read_only === true;
  switch (volume.type) {
    case 'bind': {
      // The CLI leaves out what is false; without any `bind`, it mounts in the old way, which creates the path.
      const createHostPath = volume.bind === undefined || objectOf(volume.bind).create_host_path === true;
      return [{ kind: 'bind', source, target, readOnly, createHostPath }];
    }
    case 'volume':
      return [{ kind: 'volume', volume: source, target, readOnly, subpath: objectOf(volume.volume).subpath }];
    case 'tmpfs': {
      const { size } = objectOf(volume.tmpfs);
      return [{ kind: 'tmpfs', target, sizeBytes: size === undefined ? undefined : Number(size) }];
    }
    default:
      return [];
  }
}

function theirTmpfs(text: string): unknown {
  const [target, options = ''] = text.split(':');
  const size = /size=(\w+)/.exec(options)?.[1];
  return { kind: 'tmpfs', target, sizeBytes: size === undefined ? undefined : parseBytes(size) };
}

/** Where the container gets it, by the rules of https://docs.docker.com/reference/compose-file/services/#configs. */
function theirFile(kind: 'config' | 'secret', mount: Json, file: (section: string, key: string) => Json): unknown {
  const name = String(mount.source);
  const definition = file(`${kind}s`, name);
  const target = String(mount.target ?? name);
  return {
    kind,
    name,
    target: target.startsWith('/') ? target : `${kind === 'config' ? '/' : '/run/secrets/'}${target}`,
    content: definition.content,
    source: definition.file,
    mode: mount.mode === undefined ? undefined : Number.parseInt(String(mount.mode), 8),
    uid: mount.uid,
    gid: mount.gid,
  };
}

function theirRestart(restart: unknown, policy: unknown): unknown {
  if (policy !== undefined) return [objectOf(policy).condition, objectOf(policy).max_attempts];
  const [word, retries] = String(restart ?? 'no').split(':');
  return [word || 'no', retries === undefined ? undefined : Number(retries)];
}

function theirHealthcheck(check: Json): unknown {
  const test = listOf(check.test);
  const disabled = check.disable === true || test[0] === 'NONE';
  return {
    test: disabled ? ['NONE'] : test,
    intervalMs: duration(check.interval) ?? 30_000,
    timeoutMs: duration(check.timeout) ?? 30_000,
    retries: check.retries ?? 3,
    startPeriodMs: duration(check.start_period) ?? 0,
    disabled,
    at: undefined,
  };
}

function duration(value: unknown): number | undefined {
  return value === undefined ? undefined : parseDuration(String(value));
}

/** The CLI writes every dollar sign twice, so that its output can be read again. */
function unescapeDollars(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', '$');
  if (Array.isArray(value)) return value.map(unescapeDollars);
  if (value === null || typeof value !== 'object') return value;
  return mapObject(value as Json, unescapeDollars);
}

function objectOf(value: unknown): Json {
  return value !== null && typeof value === 'object' ? (value as Json) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? [...value] : [];
}

function mapObject<V, R>(values: Readonly<Record<string, V>>, change: (value: V) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}

function sorted(items: readonly unknown[]): unknown[] {
  const key = (item: unknown) => {
    const { kind, target, protocol, published, service } = objectOf(item);
    return [kind, target, protocol, published, service].join(' ');
  };
  return items.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
