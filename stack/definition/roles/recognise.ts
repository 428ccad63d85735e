import { basename } from 'node:path';
import type { CatalogEntry } from '../../engines/types.ts';
import type { ServiceShape } from '../configs/reader.ts';
import type { TelltaleSettings } from '../settings.ts';
import type { EngineName, Role } from '../types.ts';
import { recogniseContent } from './config-content.ts';
import type { ContainerFiles } from './container-files.ts';
import { endsWithRepository, parseImage, versionOfTag } from './image-reference.ts';
import { knownOther } from './known-others.ts';
import { isOneShot, programOf } from './program.ts';

export interface Recognition {
  readonly engine?: EngineName;
  readonly role?: Role;
  readonly version?: string;
  /** One short sentence each. */
  readonly reasons: readonly string[];
  /** What it is where it is known and none of our engines: `nginx`. */
  readonly other?: string;
}

/** Evidence below this is a coincidence: a port and a file name alone recognise nothing. */
const ENOUGH = 6;

const WEIGHT = {
  image: 12,
  imageName: 6,
  program: 8,
  configuration: 6,
  unusedConfiguration: 3,
  fileName: 2,
  port: 1,
} as const;

/**
 * Which engine is behind a service, from image, Dockerfile, program, mounted configuration and ports together;
 * `telltale.yaml` overrules all of it.
 */
export function recognise(
  service: ServiceShape,
  catalog: readonly CatalogEntry[],
  settings: TelltaleSettings,
  files: ContainerFiles,
): Recognition {
  const own = settings.services[service.name];
  const found = fromEvidence(service, catalog, files);
  const engine = own?.engine;
  if (engine === undefined && own?.ignore === true) {
    return { reasons: [`${settings.file ?? 'telltale.yaml'} says to leave it alone`] };
  }
  const entry = catalog.find((one) => one.engine === (engine ?? found.engine));
  if (entry === undefined) return found;
  const version = own?.version ?? (engine === undefined || engine === found.engine ? found.version : undefined);
  return {
    engine: entry.engine,
    role: own?.role ?? found.role ?? entry.role,
    ...(version === undefined ? {} : { version }),
    reasons: engine === undefined ? found.reasons : [`${settings.file ?? 'telltale.yaml'} says that it is ${engine}`],
  };
}

interface Score {
  points: number;
  readonly reasons: string[];
  version?: string;
}

function fromEvidence(service: ServiceShape, catalog: readonly CatalogEntry[], files: ContainerFiles): Recognition {
  const scores = new Map<EngineName, Score>();
  const add = (engine: EngineName, points: number, reason: string): Score => {
    const score = scores.get(engine) ?? { points: 0, reasons: [] };
    score.points += points;
    score.reasons.push(reason);
    scores.set(engine, score);
    return score;
  };

  const names: { readonly image: string; readonly how: string; readonly sure: boolean }[] = [];
  const from = files.dockerfile?.from;
  if (from !== undefined) names.push({ image: from, how: `its Dockerfile starts from ${from}`, sure: true });
  if (service.image !== undefined) {
    names.push({ image: service.image, how: `image ${service.image}`, sure: service.build === undefined });
  }
  let other: string | undefined;
  for (const { image, how, sure } of names) {
    const { repository, tag } = parseImage(image);
    const exact = catalog.find((entry) =>
      // A bare name (`loki`) is a hint: whose image it is, and whose version numbers, nobody knows.
      entry.recognise.images.some((ending) => ending.includes('/') && endsWithRepository(repository, ending)),
    );
    if (exact !== undefined) {
      const score = add(exact.engine, sure ? WEIGHT.image : WEIGHT.imageName, how);
      const version = OWN_VERSIONS.test(repository) ? undefined : versionOfTag(tag);
      if (version !== undefined) score.version ??= version;
      continue;
    }
    if (sure) other ??= from === image && isBase(repository) ? undefined : knownOther(repository);
    const named = catalog.find((entry) => nameFits(entry, repository));
    if (named !== undefined && knownOther(repository) === undefined) {
      const score = add(named.engine, WEIGHT.imageName, how);
      const version = versionOfTag(tag);
      if (version !== undefined && plausible(named, version)) score.version ??= version;
    }
  }
  if (other !== undefined) return { other, reasons: [`image ${service.image ?? from} is ${other}`] };

  const program = programOf(service, files.dockerfile);
  for (const entry of catalog) {
    if (program.names.some((name) => entry.recognise.programs.includes(name))) {
      add(
        entry.engine,
        WEIGHT.program,
        `it runs ${program.names.find((name) => entry.recognise.programs.includes(name))}`,
      );
    }
  }
  addContent(service, catalog, files, program.words, add);
  for (const entry of catalog) {
    const [port] = entry.recognise.ports.filter(
      (one) => service.expose.includes(one) || service.ports.some((published) => published.target === one),
    );
    if (port !== undefined) add(entry.engine, WEIGHT.port, `port ${port}`);
  }

  const [best, second] = [...scores].sort(([, left], [, right]) => right.points - left.points);
  if (best === undefined || best[1].points < ENOUGH || best[1].points === second?.[1].points) return { reasons: [] };
  const [engine, score] = best;
  const entry = catalog.find((one) => one.engine === engine);
  const oneShot = entry === undefined ? undefined : isOneShot(entry, service, files.dockerfile);
  if (oneShot !== undefined)
    return { other: `a helper that runs ${oneShot}`, reasons: [`it runs ${oneShot}, not ${engine}`] };
  const role = isAgent(engine, program.words) ? 'gateway' : entry?.role;
  return {
    engine,
    ...(role === undefined ? {} : { role }),
    ...(score.version === undefined ? {} : { version: score.version }),
    reasons: score.reasons,
  };
}

function addContent(
  service: ServiceShape,
  catalog: readonly CatalogEntry[],
  files: ContainerFiles,
  words: readonly string[],
  add: (engine: EngineName, points: number, reason: string) => void,
): void {
  const seen = new Set<EngineName>();
  const line = words.join('\n');
  for (const { containerPath, file, text } of files.candidates()) {
    const shown = file ?? containerPath;
    const content = recogniseContent(text, containerPath);
    if (content?.engine !== undefined && !seen.has(content.engine)) {
      seen.add(content.engine);
      const used = line.includes(containerPath) || line.includes(containerPath.replace(/\/[^/]*$/, ''));
      add(content.engine, used ? WEIGHT.configuration : WEIGHT.unusedConfiguration, `${shown} holds ${content.by}`);
    }
    const entry = catalog.find((one) => one.recognise.configFiles.includes(basename(containerPath)));
    if (entry !== undefined && content?.engine === undefined && content?.by === undefined) {
      add(entry.engine, WEIGHT.fileName, `it mounts ${basename(containerPath)}`);
    }
  }
  if (Object.keys(service.environment).some((name) => name.startsWith('GF_'))) {
    const grafana = catalog.find((entry) => entry.engine === 'grafana');
    if (grafana !== undefined) add('grafana', WEIGHT.fileName, 'its environment has GF_… variables');
  }
}

/** The last part of the name alone: a mirror or an image of one's own, `registry.corp/obs/loki`. */
function nameFits(entry: CatalogEntry, repository: string): boolean {
  const name = repository.split('/').at(-1) ?? '';
  if (entry.engine === 'otelcol') return /^(.*[-_])?(otelcol|(otel|opentelemetry)[-_]?collector)([-_].*)?$/.test(name);
  return name === entry.engine || name === `grafana-${entry.engine}` || entry.recognise.images.includes(name);
}

/** Distributions of the Collector whose version numbers are not the Collector's. */
const OWN_VERSIONS = /(aws|splunk)-otel-collector$/;

/** An image of one's own has version numbers of its own: believed only where the engine has such a major. */
function plausible(entry: CatalogEntry, version: string): boolean {
  const major = (text: string): string => text.split('.')[0] ?? '';
  return [...entry.versions, entry.defaultVersion].some((known) => major(known) === major(version));
}

/** Dockerfiles start from these whatever they install. */
function isBase(repository: string): boolean {
  return /(^|\/)(alpine|debian|ubuntu|busybox|scratch|fedora|centos|rockylinux|wolfi-base|distroless\/.*)$/.test(
    repository,
  );
}

/** Prometheus in agent mode stores nothing and answers no query: it scrapes and sends on. */
function isAgent(engine: EngineName, words: readonly string[]): boolean {
  return (
    engine === 'prometheus' &&
    words.some((word) => /^--agent$/.test(word) || /^--enable-feature=(.*,)?agent(,|$)/.test(word))
  );
}
