import { rowsAt } from './read-back.ts';

/**
 * OTLP JSON, as written by us, by a Collector's file exporter or by Tempo, as one text per record, in no order: resource,
 * scope and record with keys in order, without the defaults that some leave out, ids in hex.
 */
export function recordTexts(documents: readonly unknown[]): readonly string[] {
  return documents.flatMap(recordsOf).sort();
}

const NAMES = [
  ['resourceSpans', 'scopeSpans', 'spans'],
  ['batches', 'scopeSpans', 'spans'],
  ['resourceLogs', 'scopeLogs', 'logRecords'],
  ['resourceMetrics', 'scopeMetrics', 'metrics'],
] as const;

interface Group {
  readonly [name: string]: unknown;
}

function recordsOf(document: unknown): readonly string[] {
  const names = NAMES.find(([resources]) => typeof document === 'object' && document !== null && resources in document);
  if (names === undefined) throw new Error(`This is no OTLP document: ${JSON.stringify(document).slice(0, 200)}`);
  const [resources, scopes, records] = names;
  return rowsAt<Group>(document, resources).flatMap((resource) =>
    rowsAt<Group>(resource, scopes).flatMap((scope) =>
      rowsAt<unknown>(scope, records).map((record) =>
        canonical({ resource: resource.resource, scope: scope.scope, record }),
      ),
    ),
  );
}

function canonical(value: unknown): string {
  return JSON.stringify(normal(value, ''));
}

const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);
const ENUMS: Readonly<Record<string, number>> = {
  SPAN_KIND_INTERNAL: 1,
  SPAN_KIND_SERVER: 2,
  SPAN_KIND_CLIENT: 3,
  SPAN_KIND_PRODUCER: 4,
  SPAN_KIND_CONSUMER: 5,
  STATUS_CODE_OK: 1,
  STATUS_CODE_ERROR: 2,
};

function normal(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item, ''));
    return key === 'attributes' || key === 'filteredAttributes'
      ? items.map((item) => JSON.stringify(item)).sort()
      : items;
  }
  if (typeof value === 'string') {
    if (IDS.has(key))
      return /^([0-9a-f]{16}|[0-9a-f]{32})$/.test(value) ? value : Buffer.from(value, 'base64').toString('hex');
    return key === 'kind' || key === 'code' ? (ENUMS[value] ?? value) : value;
  }
  // 64-bit integers are strings for some writers and numbers for others.
  if (typeof value === 'number') return /Value$/.test(key) && key !== 'intValue' ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, normal(inner, name)] as const)
    .filter(([name, inner]) => name.endsWith('Value') || name.startsWith('as') || !isDefault(inner))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, typeof inner === 'number' ? String(inner) : inner]));
}

function isDefault(value: unknown): boolean {
  if (value === '' || value === '0' || value === 0 || value === false) return true;
  if (typeof value !== 'object' || value === null) return value === undefined || value === null;
  return Object.keys(value).length === 0;
}
