import type { ServiceDefinition, StackDefinition } from '../../definition/types.ts';
import { imageDefaults, loadCatalog, splitReference } from '../../engines/catalog.ts';
import { imageContext, SOURCE_LABEL, VERSION_LABEL } from '../../engines/image.ts';
import { parseVersion } from '../../engines/store/version.ts';
import type { EngineBinary } from '../../engines/types.ts';
import { OWNER_LABEL } from '../owner.ts';
import type { Replacement, RunningEngine, StartOptions } from '../types.ts';
import { buildEnvironment, compose } from './compose-cli.ts';
import type { ComposeModel } from './compose-model.ts';
import type { ContainerEngine, Docker } from './container-engine.ts';
import { composeText, reset } from './override-file.ts';

/** An image that is on the engine, or why it is not. */
export type Image =
  | {
      readonly kind: 'there';
      readonly reference: string;
      readonly command: readonly string[];
      readonly ports: readonly number[];
      readonly labels: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'missing'; readonly reference: string; readonly reason: string; readonly remedy: string };

/** An image as it lies on the engine; undefined where it is not there. */
export async function inspectImage(docker: Docker, reference: string): Promise<Image | undefined> {
  try {
    const { Config } = await docker.getImage(reference).inspect();
    const ports = Object.keys(Config?.ExposedPorts ?? {}).filter((port) => !port.endsWith('/udp'));
    return {
      kind: 'there',
      reference,
      command: [Config?.Cmd ?? []].flat(),
      ports: ports.map((port) => Number.parseInt(port, 10)),
      labels: Config?.Labels ?? {},
    };
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

/** Whether the registry behind a reference has it, without downloading it: `undefined` for yes, else its words. */
export async function askRegistry(docker: Docker, reference: string): Promise<string | undefined> {
  try {
    await docker.getImage(reference).distribution({ abortSignal: AbortSignal.timeout(10_000) });
    return undefined;
  } catch (error) {
    return shortly(error);
  }
}

export interface ImageRequest {
  readonly definition: StackDefinition;
  readonly model: ComposeModel;
  readonly engine: ContainerEngine;
  readonly project: string;
  readonly owner: string | undefined;
  /** Writes a file into the scratch directory and names it. */
  readonly write: (name: string, text: string) => string;
  readonly options: StartOptions;
}

/** Brings the image of one service: the one on the engine, else pulled, else built as the file says. */
export async function bringImage(name: string, request: ImageRequest): Promise<Image> {
  const { definition, model, engine, options } = request;
  const service = model.services[name];
  const replacement = options.replacements?.[name];
  if (replacement?.binary !== undefined && replacement.image === undefined) {
    return makeFromBinary(name, replacement, replacement.binary, request);
  }
  const reference = replacement === undefined ? service?.image : replacementImage(service?.image, replacement);
  if (reference !== undefined) {
    const there = await inspectImage(engine.docker, reference);
    if (there !== undefined) return there;
  }
  if (service?.build !== undefined && replacement === undefined) return build(name, request);
  if (reference === undefined) return missing(definition, name, `${name}`, 'the file names no image.');
  try {
    await pull(engine.docker, reference, options);
    const there = await inspectImage(engine.docker, reference);
    if (there !== undefined) return there;
    return missing(definition, name, reference, 'it is not there after it was pulled.');
  } catch (error) {
    return missing(definition, name, reference, shortly(error));
  }
}

/** An image of this run's own around a binary, as the native driver runs it in place of the stack's. */
async function makeFromBinary(
  name: string,
  { version }: Replacement,
  path: string,
  { definition, model, engine, project, owner, options }: ImageRequest,
): Promise<Image> {
  const tag = `${project}-${name}:${version}`;
  const kind = definition.services.find((service) => service.name === name)?.engine;
  if (kind === undefined) return missing(definition, name, tag, `${name} is no engine that Telltale knows.`);
  const entry = loadCatalog().entry(kind);
  const binary: EngineBinary = { engine: kind, version, path, companions: {}, source: 'explicit' };
  const context = await imageContext(entry, binary, imageDefaults(entry, model.services[name]?.image), tag);
  const labels = owner === undefined ? context.labels : { ...context.labels, ...projectLabels(project, owner) };
  const { buildImage } = await import('../../engines/build-image.ts');
  await buildImage({ ...context, labels }, options);
  return (await inspectImage(engine.docker, tag)) ?? missing(definition, name, tag, 'it is not there after the build.');
}

/** By these a run finds its own images again. */
function projectLabels(project: string, owner: string): Record<string, string> {
  return { [OWNER_LABEL]: owner, 'com.docker.compose.project': project };
}

/** `prom/prometheus:v3.15.0` for version 3.15.0 in place of `prom/prometheus:v3.16.0`. */
export function replacementImage(reference: string | undefined, by: Replacement): string | undefined {
  if (by.image !== undefined || reference === undefined) return by.image;
  const { repository, tag } = splitReference(reference);
  return `${repository}:${tag.startsWith('v') ? 'v' : ''}${by.version}`;
}

function missing(definition: StackDefinition, name: string, reference: string, why: string): Image {
  const service = definition.services.find((other) => other.name === name);
  const made =
    service?.engine && `telltale engines image ${service.engine}@${service.version ?? 'VERSION'} ${reference}`;
  return {
    kind: 'missing',
    reference,
    reason: `The image ${reference} of ${name} is not on the container engine and cannot be had: ${why}`,
    remedy: `docker pull ${reference}${made ? `, or make it from the engine's binary: ${made}` : ''}`,
  };
}

async function pull(docker: Docker, reference: string, { progress, signal }: StartOptions): Promise<void> {
  const { repository, tag } = splitReference(reference);
  const full = tag === '' && !reference.includes('@') ? `${repository}:latest` : reference;
  const stream = await docker.pull(full, { abortSignal: signal });
  progress(`pulling ${reference}`);
  const started = Date.now();
  let said = started;
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(
      stream,
      (error) => (error ? reject(error) : resolve()),
      (event: { status?: string }) => {
        if (Date.now() - said < 4000) return;
        said = Date.now();
        progress(`pulling ${reference}: ${event.status ?? ''} (${Math.round((said - started) / 1000)} s)`);
      },
    );
  });
}

async function build(name: string, request: ImageRequest): Promise<Image> {
  const { definition, engine, project, owner, options } = request;
  const image = `${project}-${name}`;
  const labels = owner === undefined ? {} : { labels: projectLabels(project, owner) };
  const inline = request.model.services[name]?.build?.dockerfile_inline;
  // Not every builder takes a Dockerfile that is inline.
  const dockerfile =
    inline === undefined ? {} : { dockerfile: request.write(`Dockerfile-${name}`, inline), dockerfile_inline: reset() };
  const override = request.write(
    `build-${name}.yaml`,
    composeText({ services: { [name]: { image, build: { ...labels, ...dockerfile } } } }),
  );
  options.progress(`building the image of ${name}`);
  try {
    await compose(
      {
        definition,
        project,
        overrides: [override],
        environment: await buildEnvironment(),
        signal: options.signal,
        onLine: (line) => options.progress(`building the image of ${name}: ${line}`),
      },
      ['build', name],
    );
  } catch (error) {
    return missing(definition, name, image, `building it failed: ${shortly(error)}`);
  }
  return (await inspectImage(engine.docker, image)) ?? missing(definition, name, image, 'the build left no image.');
}

/** What runs behind a service whose image is known, for the head of the report. */
export function runningEngine(service: ServiceDefinition, image: Image): RunningEngine | undefined {
  if (service.engine === undefined) return undefined;
  const { tag } = splitReference(image.reference);
  const named = parseVersion(tag) === undefined ? undefined : tag;
  const asked = service.version ?? named;
  const base = { service: service.name, engine: service.engine };
  if (image.kind === 'missing') {
    const { reason, remedy } = image;
    return { ...base, version: asked ?? 'latest', source: 'missing', missing: { reason, remedy } };
  }
  // Not `org.opencontainers.image.version`: many images have there what their base image put.
  const version = (image.labels[VERSION_LABEL] ?? named ?? asked ?? (tag || 'latest')).replace(/^v(?=\d)/, '');
  const made = image.labels[SOURCE_LABEL];
  return {
    ...base,
    version,
    source: made === undefined ? `image ${image.reference}` : `image made here (${made})`,
    ...(asked === undefined || asked.replace(/^v/, '') === version ? {} : { asked }),
  };
}

/** An engine's words on one line, without wrapping and warnings. */
export function shortly(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const own = said.replaceAll(/^time="[^"]*" level=(debug|info|warning) .*\n?/gm, '');
  const words = /^\(HTTP code \d+\) [^-]*- (.*)$/s.exec(own)?.[1] ?? own;
  return words.trim().replaceAll(/\s*\n\s*/g, ' ');
}
