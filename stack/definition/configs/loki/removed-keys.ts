/** Keys that Loki 3 refuses and earlier versions had, with what takes their place. `where` without list indexes. */
const REMOVED: readonly (readonly [where: RegExp, key: string, remedy: string])[] = [
  [
    /^compactor$/,
    'shared_store',
    'Remove it; the store comes from the schema, and retention needs compactor.delete_request_store.',
  ],
  [/^compactor$/, 'shared_store_key_prefix', 'Use delete_request_store_key_prefix.'],
  [/^compactor$/, 'deletion_mode', 'Move it to limits_config.deletion_mode.'],
  [/^compactor$/, 'allow_deletes', 'Use limits_config.deletion_mode.'],
  [
    /^storage_config\.(boltdb|tsdb)_shipper$/,
    'shared_store',
    'Remove it; the store comes from object_store of the schema period.',
  ],
  [/^storage_config\.(boltdb|tsdb)_shipper$/, 'shared_store_key_prefix', 'Use index.path_prefix of the schema period.'],
  [/^storage_config\.(boltdb|tsdb)_shipper$/, 'use_boltdb_shipper_as_backup', 'Remove it.'],
  [/^storage_config$/, 'engine', 'Remove it.'],
  [/^chunk_store_config$/, 'max_look_back_period', 'Use limits_config.max_query_lookback.'],
  [/^limits_config$/, 'enforce_metric_name', 'Remove it; nothing takes its place.'],
  [/^limits_config$/, 'unordered_writes', 'Remove it; out-of-order lines are always taken.'],
  [/^limits_config$/, 'ruler_evaluation_delay_duration', 'Remove it.'],
  [/^ingester$/, 'max_transfer_retries', 'Remove it; the write-ahead log takes its place.'],
  [/^query_range$/, 'split_queries_by_interval', 'Move it to limits_config.split_queries_by_interval.'],
  [/^querier$/, 'query_timeout', 'Move it to limits_config.query_timeout.'],
  [/^querier\.engine$/, 'timeout', 'Move it to limits_config.query_timeout.'],
  [/^frontend$/, 'split_queries_by_interval', 'Move it to limits_config.split_queries_by_interval.'],
  [/^ruler\.ring$/, 'wal', 'Move it to ruler.wal.'],
  [/cache.*$|^$/, 'fifocache', 'Use embedded_cache.'],
  [/cache.*$|^$/, 'enable_fifocache', 'Use embedded_cache.enabled.'],
];

/** What to do about a key of an earlier Loki, or undefined where it never was one. */
export function removedKey(key: string, where: string): { message: string; remedy: string } | undefined {
  const found = REMOVED.find(([place, name]) => name === key && place.test(where));
  if (found === undefined) return undefined;
  const place = where === '' ? key : `${where}.${key}`;
  return { message: `Loki no longer has ${place}, and refuses the file.`, remedy: found[2] };
}
