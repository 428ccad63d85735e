import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject } from 'ajv';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { InputError, type Position } from '../definition/position.ts';
import type { EngineName } from '../definition/types.ts';
import { catalogSchema } from './catalog-schema.ts';
import { compareVersions, parseVersion } from './store/version.ts';
import type { CatalogEntry, ImageDefaults } from './types.ts';

/** A program besides the engines that Telltale can build from its Go module. */
export interface ToolEntry {
  readonly name: string;
  readonly version: string;
  readonly module: string;
  /** Package in the module, built inside the module's own directory. */
  readonly package: string;
  readonly tags: readonly string[];
  readonly ldflags: string;
  readonly binary: string;
  readonly versionArgs: readonly string[];
}

/** Where a Go toolchain comes from on a machine that has none. */
export interface GoEntry {
  /** The version that is fetched. */
  readonly version: string;
  /** The oldest that can fetch a newer one by itself. */
  readonly oldest: string;
  /** `linux-amd64` → hash of the module proxy's toolchain zip (`h1:…`). */
  readonly toolchain: Readonly<Record<string, string>>;
  readonly pipPackage: string;
}

export interface Catalog {
  readonly engines: readonly CatalogEntry[];
  entry(engine: EngineName): CatalogEntry;
  readonly go: GoEntry;
  readonly tools: Readonly<Record<string, ToolEntry>>;
}

interface RawCatalog {
  readonly engines: Record<EngineName, Omit<CatalogEntry, 'engine'>>;
  readonly tools: { readonly go: GoEntry } & Record<string, Omit<ToolEntry, 'name'>>;
}

const catalogFile = fileURLToPath(new URL('./catalog.yaml', import.meta.url));
let shared: Catalog | undefined;

/**
 * Reads `catalog.yaml`: what each engine is, what its image has, and where its binary comes from.
 * The shipped catalog is read once.
 * @throws InputError with the position of what is wrong, where the file breaks its schema.
 */
export function loadCatalog(file: string = catalogFile): Catalog {
  if (file !== catalogFile) return readCatalog(file);
  shared ??= readCatalog(file);
  return shared;
}

function readCatalog(file: string): Catalog {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    throw new InputError(`The engine catalog is not valid YAML: ${syntax.message.split('\n')[0]}`, {
      at: place(syntax.pos[0]),
      remedy: 'Correct the syntax at this place.',
    });
  }
  const raw: unknown = document.toJS();
  const validate = new Ajv({ meta: false, validateSchema: false }).compile<RawCatalog>(catalogSchema);
  if (!validate(raw)) {
    const [error] = validate.errors ?? [];
    throw new InputError(`The engine catalog is wrong: ${describe(error)}.`, {
      at: place(offsetOf(document, error)),
      remedy: 'Hold the entry against stack/engines/catalog-schema.ts and its neighbours.',
    });
  }
  const engines = Object.entries(raw.engines).map(([name, entry]) => finish(name as EngineName, entry));
  const wrong = engines.find((entry) => !entry.versions.includes(entry.defaultVersion));
  if (wrong !== undefined) {
    const node = document.getIn(['engines', wrong.engine, 'defaultVersion'], true);
    throw new InputError(`defaultVersion of ${wrong.engine} is not one of its versions.`, {
      at: place(isNode(node) ? (node.range?.[0] ?? 0) : 0),
      remedy: 'Add it to versions, or name one that is there.',
    });
  }
  const { go, ...others } = raw.tools;
  const tools = Object.fromEntries(Object.entries(others).map(([name, tool]) => [name, { name, ...tool }]));
  const byName = new Map(engines.map((entry) => [entry.engine, entry]));
  return {
    engines,
    go,
    tools,
    entry(engine) {
      const found = byName.get(engine);
      if (found === undefined) throw new Error(`The catalog has no engine ${engine}`);
      return found;
    },
  };
}

/** Spells out the module prefixes of the Collector's components. */
function finish(engine: EngineName, entry: Omit<CatalogEntry, 'engine'>): CatalogEntry {
  const builder = entry.source.collectorBuilder as
    | (NonNullable<CatalogEntry['source']['collectorBuilder']> & { prefixes: Record<string, string> })
    | undefined;
  if (builder === undefined) return { engine, ...entry };
  const { prefixes, ...rest } = builder;
  const components = Object.fromEntries(
    Object.entries(builder.components).map(([key, path]) => {
      const [head = '', ...tail] = path.split('/');
      return [key, [prefixes[head] ?? head, ...tail].join('/')];
    }),
  );
  return { engine, ...entry, source: { ...entry.source, collectorBuilder: { ...rest, components } } };
}

function describe(error: ErrorObject | undefined): string {
  if (error === undefined) return 'it does not have the form of the schema';
  const where = error.instancePath.slice(1).replaceAll('/', '.') || 'the top level';
  const extra = 'additionalProperty' in error.params ? ` (${String(error.params.additionalProperty)})` : '';
  return `${where} ${error.message ?? 'is wrong'}${extra}`;
}

/** The offset of the node that an error speaks of, or of its nearest parent. */
function offsetOf(document: Document, error: ErrorObject | undefined): number {
  const path = (error?.instancePath ?? '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const extra: unknown = error?.params.additionalProperty;
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === extra) : undefined;
    return isScalar(pair?.key) ? (pair.key.range?.[0] ?? node.range[0]) : node.range[0];
  }
  return 0;
}

/** Whether an image repository (without tag) is one of the endings: whole, or after a slash. */
export function imageMatches(repository: string, endings: readonly string[]): boolean {
  return endings.some((ending) => repository === ending || repository.endsWith(`/${ending}`));
}

/**
 * What an image brings with it when a service names no command, user or directory: the entry's defaults, with what
 * differs for this repository, tag and version.
 * @param reference image as the compose file writes it: `grafana/loki:3.5.0`; undefined where there is none.
 */
export function imageDefaults(entry: CatalogEntry, reference?: string): ImageDefaults {
  const { repository, tag } = splitReference(reference ?? entry.image.repository);
  const version = parseVersion(tag) ?? parseVersion(entry.defaultVersion);
  const applies = (entry.imageVariants ?? []).filter((variant) => {
    if (variant.images !== undefined && !imageMatches(repository, variant.images)) return false;
    if (variant.tagEndings !== undefined && !variant.tagEndings.some((ending) => tag.endsWith(ending))) return false;
    const before = variant.before === undefined ? undefined : parseVersion(variant.before);
    return before === undefined || (version !== undefined && compareVersions(version, before) < 0);
  });
  const image: ImageDefaults = Object.assign({}, entry.image, ...applies.map((variant) => variant.image));
  return image;
}

/** Splits `host:5000/grafana/loki:3.5.0@sha256:…` into repository and tag (empty where there is none). */
export function splitReference(reference: string): { readonly repository: string; readonly tag: string } {
  const [named = ''] = reference.split('@');
  const colon = named.lastIndexOf(':');
  if (colon <= named.lastIndexOf('/')) return { repository: named, tag: '' };
  return { repository: named.slice(0, colon), tag: named.slice(colon + 1) };
}
