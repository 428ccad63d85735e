import type { Finding } from '../position.ts';
import { sharing } from '../promises/hosts.ts';
import { type EngineService, engines, isEngine, type StackView } from '../promises/stack-view.ts';
import { shownPath } from '../roles/container-files.ts';

const MIB = 2 ** 20;
/** No engine that Telltale knows gets through its start with less. */
const LEAST_MEMORY = 32 * MIB;

/** What the compose file gives an engine's container, held against what its configuration needs. */
export function containerFindings(view: StackView): Finding[] {
  return [
    ...sharedVolumes(view),
    ...engines(view).flatMap((service) => [
      ...healthPort(view, service),
      ...unreadConfig(view, service),
      ...tooLittleMemory(service),
      ...publishedExtension(service),
    ]),
  ];
}

/** One volume in which two different engines store their data. Parts of one engine may well share theirs. */
function sharedVolumes(view: StackView): Finding[] {
  const owners = new Map<string, EngineService>();
  return engines(view).flatMap((service) =>
    service.mounts.flatMap((mount): Finding[] => {
      if (mount.kind !== 'volume' || mount.volume === undefined || mount.readOnly) return [];
      if (!service.facts.storage.some(({ path }) => path === mount.target || path.startsWith(`${mount.target}/`)))
        return [];
      const other = owners.get(mount.volume);
      if (other === undefined) owners.set(mount.volume, service);
      if (other === undefined || other.engine === service.engine) return [];
      return [
        {
          id: 'COMPOSE-VOLUME-SHARED',
          severity: 'error',
          at: mount.at,
          service: service.name,
          message: `${service.name} stores its data in the volume ${mount.volume}, and so does ${other.name}, which is ${other.engine}: each finds the other's files.`,
          remedy: 'Give each of them a volume of its own.',
        },
      ];
    }),
  );
}

const OWN_ADDRESS = /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::(\d+))?(?=[/\s"']|$)/g;

/** A health check that asks the container itself at a port on which nothing listens. */
function healthPort(view: StackView, service: EngineService): Finding[] {
  const { healthcheck, facts } = service;
  if (healthcheck === undefined || healthcheck.disabled || facts.listeners.length === 0) return [];
  const group = sharing(view, service);
  if (!group.every(isEngine)) return [];
  const ports = new Set(group.filter(isEngine).flatMap((one) => one.facts.listeners.map(({ port }) => port)));
  const asked = [...healthcheck.test.join(' ').matchAll(OWN_ADDRESS)].map((match) => Number(match[1] ?? 80));
  const wrong = asked.find((port) => !ports.has(port));
  if (wrong === undefined || asked.some((port) => ports.has(port))) return [];
  return [
    {
      id: 'REF-HEALTHCHECK',
      severity: 'error',
      at: healthcheck.at,
      service: service.name,
      message: `The health check of ${service.name} asks port ${wrong}, and nothing listens there (${service.name} listens on ${[...ports].join(', ')}): it can never succeed.`,
      remedy: 'Ask a port on which the service listens.',
    },
  ];
}

const CONFIGURATION = /\.(ya?ml|alloy|river|json|toml|ini)$/i;

/**
 * The engine runs with the configuration of its image while one from the stack is mounted for it and nobody reads it:
 * the file name in the command and the mount do not fit together.
 */
function unreadConfig(view: StackView, service: EngineService): Finding[] {
  const [main] = service.facts.files;
  if (service.build !== undefined || main?.file !== undefined) return [];
  if (service.mounts.some((mount) => mount.kind === 'config' && mount.target === main?.containerPath)) return [];
  const read = new Set(service.facts.files.map(({ containerPath }) => containerPath));
  const words = [...(service.command ?? []), ...(service.entrypoint ?? [])].map(({ text }) => text).join(' ');
  return service.mounts
    .flatMap((mount) =>
      (mount.kind === 'bind' || mount.kind === 'config') && mount.source !== undefined
        ? [{ source: mount.source, target: mount.target, at: mount.at }]
        : [],
    )
    .filter(({ target }) => CONFIGURATION.test(target) && !read.has(target) && !words.includes(target))
    .filter(({ target }) => main === undefined || directoryOf(target) === directoryOf(main.containerPath))
    .slice(0, 1)
    .map(({ source, target, at }) => ({
      id: 'REF-CONFIG-UNREAD',
      severity: 'error',
      at,
      service: service.name,
      message: `${service.name} reads ${main?.containerPath ?? 'the configuration of its image'}, which is the image's own, and nobody reads ${shownPath(view.directory, source)}, which is mounted at ${target}.`,
      remedy: `Name ${target} in the command, or mount the file where ${service.name} looks.`,
    }));
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function tooLittleMemory(service: EngineService): Finding[] {
  const limit = service.memoryLimitBytes;
  if (limit === undefined || limit === 0) return [];
  if (limit < LEAST_MEMORY) {
    return [
      {
        id: 'COMPOSE-MEMORY-TINY',
        severity: 'error',
        at: service.at,
        service: service.name,
        message: `${service.name} may use ${Math.round(limit / MIB)} MiB of memory, and ${service.engine} needs more than that to start: it is killed over and over.`,
        remedy: 'Give it some hundred MiB, or remove the limit.',
      },
    ];
  }
  const limiter = service.facts.settings['memory_limiter.limit_mib'];
  if (limiter === undefined || typeof limiter.value !== 'number' || limiter.value * MIB < limit) return [];
  return [
    {
      id: 'MEMORY-LIMITER-OVER',
      severity: 'error',
      ...(limiter.at === undefined ? {} : { at: limiter.at }),
      service: service.name,
      message: `The memory limiter of ${service.name} begins to refuse at ${limiter.value} MiB, and its container (${service.at.file}:${service.at.line}) is killed at ${Math.round(limit / MIB)} MiB: it never comes into force.`,
      remedy: 'Set limit_mib to about 80 % of the memory that the container has.',
    },
  ];
}

/** Default ports of a Collector's extensions, which answer only while service.extensions names them. */
const EXTENSION_PORTS: Readonly<Record<number, string>> = { 13133: 'health_check', 1777: 'pprof', 55679: 'zpages' };

/** A port is published for an extension that is defined and not switched on. */
function publishedExtension(service: EngineService): Finding[] {
  if (service.engine !== 'otelcol') return [];
  return service.ports.flatMap((port): Finding[] => {
    const extension = EXTENSION_PORTS[port.target];
    const idle = service.facts.findings.find(
      ({ id, message }) =>
        id === 'CONFIG-UNUSED' && extension !== undefined && message.includes(`extension ${extension}`),
    );
    if (idle === undefined || service.facts.listeners.some((listener) => listener.port === port.target)) return [];
    return [
      {
        id: 'REF-PORT-UNUSED',
        severity: 'error',
        at: port.at,
        service: service.name,
        message: `Port ${port.target} of ${service.name} is published for ${extension}, which is defined${idle.at === undefined ? '' : ` (${idle.at.file}:${idle.at.line})`} and not in service.extensions: nothing listens there.`,
        remedy: idle.remedy,
      },
    ];
  });
}
