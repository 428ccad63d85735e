import type { ServiceDefinition } from '../definition/types.ts';

/**
 * What a Collector's configuration needs of its binary, as `receiver/otlp`; empty for other engines. The reader keeps
 * the list under this key of its facts.
 */
export const COMPONENTS_KEY = 'telltale.components';

export function componentsOf(service: Pick<ServiceDefinition, 'engine' | 'facts'>): readonly string[] {
  if (service.engine !== 'otelcol') return [];
  const listed = service.facts?.settings[COMPONENTS_KEY]?.value;
  return typeof listed === 'string' && listed !== '' ? listed.split(',') : [];
}
