import type { EngineName } from '../types.ts';

/** What a configuration's text says about the program that reads it. */
export interface ContentVerdict {
  /** Undefined: the text belongs to a program that is none of our engines. */
  readonly engine: EngineName | undefined;
  /** What gave it away, as a noun: `schema_config`. */
  readonly by: string;
}

/**
 * Tells by its top-level keys or blocks whose configuration a text is. Works on lines, so that a file with a syntax
 * error is still recognised. Undefined where nothing tells.
 */
export function recogniseContent(text: string, path: string): ContentVerdict | undefined {
  if (/\.river$/.test(path)) return { engine: undefined, by: 'a configuration of Grafana Agent Flow' };
  if (/^\s*(otelcol|prometheus|loki|discovery|pyroscope|faro|beyla)\.[a-z_.]+\s+"\w+"\s*\{/m.test(text)) {
    return { engine: 'alloy', by: 'Alloy components' };
  }
  if (/\.alloy$/.test(path)) return { engine: 'alloy', by: 'a file named *.alloy' };
  const keys = new Set([...text.matchAll(/^["']?([A-Za-z_][\w-]*)["']?\s*:/gm)].map((match) => match[1] ?? ''));
  const has = (...names: readonly string[]): boolean => names.every((name) => keys.has(name));
  if (has('clients', 'scrape_configs') || has('positions', 'scrape_configs')) {
    return { engine: undefined, by: 'a configuration of Promtail' };
  }
  if (has('metrics', 'server') && /^\s+wal_directory\s*:/m.test(text)) {
    return { engine: undefined, by: 'a configuration of Grafana Agent' };
  }
  if (has('blocks_storage')) return { engine: undefined, by: 'a configuration of Mimir or Cortex' };
  if (has('schema_config')) return { engine: 'loki', by: 'schema_config' };
  if (has('service', 'receivers') && /^\s+pipelines\s*:/m.test(text)) {
    return { engine: 'otelcol', by: 'service.pipelines and receivers' };
  }
  if (has('distributor') && /^\s+receivers\s*:/m.test(text)) return { engine: 'tempo', by: 'distributor.receivers' };
  if (has('storage') && /^\s{1,8}trace\s*:/m.test(text)) return { engine: 'tempo', by: 'storage.trace' };
  if (has('scrape_configs')) return { engine: 'prometheus', by: 'scrape_configs' };
  if (has('rule_files') || has('remote_write', 'global')) return { engine: 'prometheus', by: 'rule_files' };
  if (has('route', 'receivers') && /^\s*-\s+["']?name["']?\s*:/m.test(text)) {
    return { engine: 'alertmanager', by: 'route and receivers' };
  }
  if (has('pyroscopedb') || has('self_profiling')) return { engine: 'pyroscope', by: 'pyroscopedb' };
  return undefined;
}
