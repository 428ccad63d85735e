import type { RowKey } from '../schemas/results.ts';

/**
 * The key of a row as one string that two different triples never share: subjects and columns are free text, so
 * joining them by a space would let (`a b`, `c`) and (`a`, `b c`) meet.
 */
export function identityOf(row: RowKey): string {
  return JSON.stringify([row.id, row.subject, row.column]);
}

/** The key of a row as people write it: `LOKI-RETENTION-01 logstore [otlp-grpc]`. */
export function nameOf(row: RowKey): string {
  return [row.id, row.subject, row.column === '' ? '' : `[${row.column}]`].filter((part) => part !== '').join(' ');
}
