import { didYouMean } from '../definition/configs/shared/findings.ts';
import type { ServiceDefinition } from '../definition/types.ts';
import { loadCatalog } from './catalog.ts';

/**
 * What a Collector's configuration needs of its binary, as `receiver/otlp`; empty for other engines. The reader keeps
 * the list under this key of its facts.
 */
export const COMPONENTS_KEY = 'telltale.components';

/**
 * A name that is almost one of a known component is a slip of the pen: it is left out, so that the Collector is
 * started and refuses it in its own words, and is not taken for a component that only this machine lacks.
 */
export function componentsOf(service: Pick<ServiceDefinition, 'engine' | 'facts'>): readonly string[] {
  if (service.engine !== 'otelcol') return [];
  const listed = service.facts?.settings[COMPONENTS_KEY]?.value;
  if (typeof listed !== 'string' || listed === '') return [];
  const known = Object.keys(loadCatalog().entry('otelcol').source.collectorBuilder?.components ?? {});
  return listed.split(',').filter((key) => known.includes(key) || !isSlipOf(key, known));
}

function isSlipOf(key: string, known: readonly string[]): boolean {
  const [kind, name = ''] = key.split('/');
  const names = known.filter((other) => other.startsWith(`${kind}/`)).map((other) => other.slice(`${kind}/`.length));
  return didYouMean(name, names) !== undefined;
}
