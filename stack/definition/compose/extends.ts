import { type ConfigEntry, type ConfigMap, type ConfigNode, nodeAt, textAt } from '../config-node.ts';
import { closest } from './closest.ts';
import { mergeService } from './merge.ts';
import { applyResets } from './reset.ts';
import { isNull, kindOf, type Path, refuse, withEntry, without } from './tree.ts';

/** Services of one file, as they are to be extended, and what its tags take out of a base. */
export interface ExtendableFile {
  /** Absolute. */
  readonly file: string;
  readonly services: ConfigMap;
  readonly resets: readonly Path[];
}

/** Loads a file that is named by `extends.file`; its relative paths have to be made absolute. */
export type LoadBase = (file: string, wantedBy: ConfigNode) => ExtendableFile;

/**
 * Resolves `extends` in all services of one compose file.
 *
 * @throws InputError for a cycle, or where the base is missing
 * @see https://docs.docker.com/reference/compose-file/services/#extends
 */
export function applyExtends(root: ConfigMap, file: string, resets: readonly Path[], loadBase: LoadBase): ConfigMap {
  const services = root.entries.get('services')?.node;
  if (services === undefined) return root;
  if (services.kind !== 'map') {
    refuse(
      `services must be a mapping, and is ${kindOf(services)}.`,
      services.at,
      'Write the services as keys under it.',
    );
  }
  const source: ExtendableFile = { file, services, resets };
  const entries = new Map<string, ConfigEntry>();
  for (const [name, entry] of services.entries) {
    entries.set(name, { keyAt: entry.keyAt, node: extendService(name, source, resets, [], loadBase) ?? entry.node });
  }
  return withEntry(root, 'services', { ...services, entries });
}

interface Step {
  readonly file: string;
  readonly service: string;
}

function extendService(
  name: string,
  source: ExtendableFile,
  resets: readonly Path[],
  trail: readonly Step[],
  loadBase: LoadBase,
): ConfigMap | undefined {
  const service = source.services.entries.get(name)?.node;
  if (service === undefined || isNull(service)) return undefined;
  if (service.kind !== 'map') {
    refuse(`services.${name} must be a mapping, and is ${kindOf(service)}.`, service.at, 'Write its keys under it.');
  }
  const extension = service.entries.get('extends')?.node;
  if (extension === undefined) return service;
  const reference = extension.kind === 'scalar' ? textAt(extension) : textAt(extension, 'service');
  if (reference === undefined) {
    refuse(
      `services.${name}.extends names no service.`,
      extension.at,
      'Add `service:`, the name of the service to extend.',
    );
  }
  const step: Step = { file: source.file, service: name };
  if (trail.some((earlier) => earlier.file === step.file && earlier.service === step.service)) {
    const names = [...trail, step].map((each) => each.service).join(' → ');
    refuse(`services.${name} extends itself: ${names}.`, extension.at, 'Remove one `extends` of the circle.');
  }
  const fileNode = nodeAt(extension, 'file');
  const fileName = textAt(extension, 'file');
  const base = fileNode === undefined || fileName === undefined ? source : loadBase(fileName, fileNode);
  if (!base.services.entries.has(reference)) {
    const nearest = closest(reference, base.services.entries.keys());
    refuse(
      `services.${name} extends "${reference}", and there is no such service in ${fileName ?? 'this file'}.`,
      extension.at,
      nearest === undefined ? 'Correct the name.' : `Did you mean "${nearest}"?`,
    );
  }
  const extended = extendService(reference, base, base.resets, [...trail, step], loadBase);
  if (extended === undefined) return without(service, 'extends');
  const kept = applyResets(extended, resets, ['services', name]);
  return without(mergeService(kept, service), 'extends');
}
