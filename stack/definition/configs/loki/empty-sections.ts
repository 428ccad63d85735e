import { entriesOf } from '../../config-node.ts';
import type { FindingList } from '../shared/findings.ts';
import { type LokiConfig, lokiKeys } from './config.ts';

/** Sections without which Loki 3.7 refuses to start once their defaults are gone. */
const VITAL = new Set([
  'server',
  'distributor',
  'ingester',
  'pattern_ingester',
  'index_gateway',
  'storage_config',
  'compactor',
  'limits_config',
  'frontend_worker',
  'ruler',
  'query_scheduler',
]);

/** A section with a colon and nothing after it: Loki sets every key of it to zero or empty, defaults included. */
export function reportEmptySections(config: LokiConfig, findings: FindingList): void {
  for (const [key, entry] of entriesOf(config.root)) {
    if (entry.node.kind !== 'scalar' || entry.node.value !== null) continue;
    if (lokiKeys().keys.get(key)?.type !== 'struct') continue;
    const remedy = `Remove "${key}:", or write its keys below it.`;
    const what = `The section "${key}" is empty, which sets all its keys to zero, defaults included`;
    if (VITAL.has(key)) findings.error('LOKI-EMPTY-SECTION', entry.keyAt, `${what}: Loki refuses to start.`, remedy);
    else findings.warning('LOKI-EMPTY-SECTION', entry.keyAt, `${what}.`, remedy);
  }
}
