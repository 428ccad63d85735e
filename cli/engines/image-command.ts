import { InputError } from '../../stack/definition/position.ts';
import type { EngineName } from '../../stack/definition/types.ts';
import { MachineError } from '../../stack/drivers/types.ts';
import { imageDefaults, imageMatches, loadCatalog, splitReference } from '../../stack/engines/catalog.ts';
import { componentsOf } from '../../stack/engines/components.ts';
import { imageContext } from '../../stack/engines/image.ts';
import { findEngine, isFound } from '../../stack/engines/store/find-engine.ts';
import { EXIT } from '../exit-codes.ts';
import { readNamedStack } from '../stack-options.ts';
import { parseEngineName } from './parse-name.ts';

export interface ImageOptions {
  readonly stack?: string | undefined;
  readonly profile?: string[] | undefined;
}

interface Wanted {
  readonly engine: EngineName;
  readonly version: string | undefined;
  readonly tag: string;
  readonly components: readonly string[];
}

/**
 * Makes local images from binaries of the store: one, or without a name those that a stack's compose file names. One
 * that cannot be made does not keep the others away.
 * @throws InputError
 */
export async function imageCommand(
  name: string | undefined,
  tag: string | undefined,
  options: ImageOptions,
): Promise<number> {
  if (name !== undefined && options.stack !== undefined) {
    throw new InputError('A name and --stack cannot be given together.', { remedy: 'Leave one of them out.' });
  }
  const wanted = name === undefined ? imagesOf(options) : [oneImage(name, tag)];
  const { buildImage } = await import('../../stack/engines/build-image.ts');
  let code: number = EXIT.ok;
  for (const { engine, version, tag: reference, components } of wanted) {
    try {
      const binary = await findEngine(engine, version, { components });
      if (!isFound(binary)) {
        throw new MachineError(`${engine} ${binary.asked} is not on this machine. ${binary.tried.join(' ')}`, {
          remedy: binary.remedy,
        });
      }
      const entry = loadCatalog().entry(engine);
      const context = await imageContext(entry, binary, imageDefaults(entry, reference), reference);
      const started = Date.now();
      say(`${reference}: from ${binary.path} (${engine} ${binary.version})`);
      await buildImage(context, { progress: say });
      say(`${reference}: built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
      for (const limitation of context.limitations) say(`${reference}: ${limitation}`);
    } catch (error) {
      if (!(error instanceof MachineError)) throw error;
      process.stderr.write(`${reference}: ${error.message}\n  remedy: ${error.remedy}\n`);
      code = EXIT.machine;
    }
  }
  return code;
}

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

function oneImage(name: string, tag: string | undefined): Wanted {
  const { engine, version } = parseEngineName(name);
  const entry = loadCatalog().entry(engine);
  const { repository } = entry.image;
  const named = tag ?? `${repository}:${tagPrefix(repository)}${version ?? entry.defaultVersion}`;
  return { engine, version, tag: named, components: [] };
}

/** Images of the Prometheus project are tagged `v3.16.0`, the others `3.7.8`. */
function tagPrefix(repository: string): string {
  return imageMatches(repository, ['prom/prometheus', 'prom/alertmanager', 'prom/pushgateway', 'grafana/alloy'])
    ? 'v'
    : '';
}

function imagesOf(options: ImageOptions): readonly Wanted[] {
  const definition = readNamedStack(options.stack ?? '.', options);
  const byTag = new Map<string, Wanted>();
  for (const service of definition.services) {
    const { engine, version, image, build } = service;
    if (engine === undefined || image === undefined || build !== undefined) continue;
    // A digest fixes the content, which an image made here cannot have.
    if (image.includes('@') || splitReference(image).repository === '') continue;
    const components = [...(byTag.get(image)?.components ?? []), ...componentsOf(service)];
    byTag.set(image, { engine, version, tag: image, components });
  }
  return [...byTag.values()];
}
