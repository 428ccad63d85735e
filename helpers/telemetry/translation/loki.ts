import { indexResources, labelNameOf, labelsOf, resourceOf, textOf } from '../attributes.ts';
import type { LogRecord, Resource } from '../types.ts';

/** What Loki stores: a stream by its labels, and its entries, oldest first. */
export interface LokiStream {
  readonly labels: Readonly<Record<string, string>>;
  readonly entries: readonly LokiEntry[];
}

export interface LokiEntry {
  readonly timeNs: bigint;
  readonly line: string;
  /** Without `detected_level`, which Loki adds where `discover_log_levels` is on; see {@link detectedLevel}. */
  readonly structuredMetadata: Readonly<Record<string, string>>;
}

/** What of Loki's `otlp_config` decides what becomes a label. */
export interface LokiTranslation {
  /** Resource attributes that become labels; Loki's default list unless given. */
  readonly indexedResourceAttributes?: readonly string[];
}

/** Those of Loki's `default_resource_attributes_as_index_labels` that the story has. */
export const INDEXED_BY_DEFAULT: readonly string[] = [
  'service.name',
  'service.namespace',
  'service.instance.id',
  'deployment.environment',
];

/**
 * The streams that log records become by Loki's OTLP endpoint; what the native push sends too, so that both give the
 * same streams.
 *
 * @see https://grafana.com/docs/loki/latest/send-data/otel/#format-considerations
 */
export function lokiStreams(
  resources: readonly Resource[],
  logs: readonly LogRecord[],
  translation: LokiTranslation = {},
): readonly LokiStream[] {
  const index = indexResources(resources);
  const indexed = translation.indexedResourceAttributes ?? INDEXED_BY_DEFAULT;
  const streams = new Map<
    string,
    { labels: Record<string, string>; rest: Record<string, string>; entries: LokiEntry[] }
  >();
  for (const log of logs) {
    let stream = streams.get(log.resource);
    if (stream === undefined) {
      const labels: Record<string, string> = {};
      const rest: Record<string, string> = {};
      for (const [name, value] of Object.entries(resourceOf(index, log.resource).attributes)) {
        (indexed.includes(name) ? labels : rest)[labelNameOf(name)] = textOf(value);
      }
      stream = { labels, rest, entries: [] };
      streams.set(log.resource, stream);
    }
    stream.entries.push({ timeNs: log.timeNs, line: log.body, structuredMetadata: metadataOf(log, stream.rest) });
  }
  return [...streams.values()].map(({ labels, entries }) => ({
    labels,
    entries: entries.sort((one, other) => (one.timeNs < other.timeNs ? -1 : one.timeNs > other.timeNs ? 1 : 0)),
  }));
}

function metadataOf(log: LogRecord, ofResource: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...labelsOf(log.attributes),
    severity_number: String(log.severityNumber),
    severity_text: log.severityText,
    ...(log.traceId === undefined ? {} : { trace_id: log.traceId }),
    ...(log.spanId === undefined ? {} : { span_id: log.spanId }),
    ...ofResource,
    scope_name: log.scope.name,
    scope_version: log.scope.version,
  };
}

/** The `detected_level` that Loki adds, from OpenTelemetry's severity number. */
export function detectedLevel(severityNumber: number): string {
  if (severityNumber <= 0 || severityNumber > 24) return 'unknown';
  return ['trace', 'debug', 'info', 'warn', 'error', 'fatal'][Math.floor((severityNumber - 1) / 4)] ?? 'unknown';
}

/** `{name="value", …}` with labels in order, as Loki's protobuf push wants a stream's labels. */
export function selectorOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
}
