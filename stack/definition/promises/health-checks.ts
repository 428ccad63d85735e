import { basename } from 'node:path';
import { imageDefaults, imageMatches, loadCatalog } from '../../engines/catalog.ts';
import { parseImage } from '../roles/image-reference.ts';
import type { EngineService } from './stack-view.ts';

/** Programs that health checks use, and that an image has or has not. */
const TOOLS = ['curl', 'wget', 'nc', 'bash', 'grpc_health_probe'];

/**
 * Why a service's health check can never succeed in its image: no shell, or no such program. Undefined where it can,
 * where there is no check, and for images of which nothing is known.
 */
export function impossibleHealthCheck(service: EngineService): string | undefined {
  const { healthcheck, image, build, engine } = service;
  if (healthcheck === undefined || healthcheck.disabled || image === undefined || build !== undefined) return undefined;
  const entry = loadCatalog().entry(engine);
  const { repository } = parseImage(image);
  const official = entry.recognise.images.filter((ending) => ending.includes('/'));
  if (!imageMatches(repository, official)) return undefined;
  const defaults = imageDefaults(entry, image);
  const programs: readonly string[] = defaults.programs ?? [];
  const [kind, ...words] = healthcheck.test;
  if (kind === 'CMD-SHELL') {
    if (!defaults.shell) return `the image ${image} has no shell`;
    const used = TOOLS.filter((tool) => new RegExp(`(^|[\\s;&|(/])${tool}\\s`).test(words.join(' ')));
    return used.length > 0 && used.every((tool) => !programs.includes(tool)) ? lacks(image, used[0]) : undefined;
  }
  if (kind !== 'CMD') return undefined;
  const program = basename(words[0] ?? '');
  const own = [basename(defaults.binaryPath), entry.binary, ...entry.recognise.programs, ...programs];
  if (own.includes(program)) return undefined;
  if (!defaults.shell || TOOLS.includes(program)) return lacks(image, program);
  return undefined;
}

function lacks(image: string, program: string | undefined): string {
  return `the image ${image} has no ${program ?? 'such program'}`;
}
