import type { ClientOptions } from '../../helpers/clients/http-types.ts';
import { LokiClient } from '../../helpers/clients/loki.ts';
import type { LogEntry, LogStream } from '../../helpers/clients/loki-types.ts';
import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import type { MatrixRow } from '../../helpers/clients/prometheus-types.ts';
import type { Probe } from '../../helpers/telemetry/probe/probe.ts';
import { nsOf } from '../../helpers/telemetry/story/clock.ts';

/** How far back probes are looked for; they are at most some minutes old. */
const WINDOW = '20m';
const WINDOW_MS = 20 * 60_000;

/** Every series of a probe with its raw samples. */
export async function probeSeries(options: ClientOptions, probe: Probe): Promise<readonly MatrixRow[]> {
  const { result } = await new PrometheusClient(options).query(`{probe="${probe.marker}"}[${WINDOW}]`);
  return result.type === 'matrix' ? result.rows : [];
}

/** How many series of a probe are visible. */
export async function countProbeSeries(options: ClientOptions, probe: Probe, signal: AbortSignal): Promise<number> {
  const query = `count(last_over_time({probe="${probe.marker}"}[${WINDOW}]))`;
  const { result } = await new PrometheusClient(options).query(query, { signal });
  const value = result.type === 'vector' ? result.rows[0]?.value : undefined;
  return typeof value === 'number' ? value : 0;
}

/** A line of a probe with the stream that it lies in. */
export interface FoundLine extends LogEntry {
  readonly labels: LogStream['labels'];
}

/**
 * Every line of a probe, wherever the pipeline has put it: the marker in the line is looked for in all streams.
 * `service_name` is on every stream unless `discover_service_name` is off; then any other label serves.
 */
export async function probeLines(
  options: ClientOptions,
  probe: Probe,
  signal?: AbortSignal,
): Promise<readonly FoundLine[]> {
  const client = new LokiClient(options);
  const range = { startNs: nsOf(probe.atMs - WINDOW_MS), endNs: nsOf(Date.now() + 60_000) };
  const call = signal === undefined ? {} : { signal };
  for (const label of await selectorLabels(client, range)) {
    const { result } = await client.queryRange(`{${label}=~".+"} |= \`${probe.marker}\``, range, {
      limit: 100,
      direction: 'forward',
      ...call,
    });
    if (result.type !== 'streams') continue;
    const lines = result.rows.flatMap(({ labels, entries }) => entries.map((entry) => ({ ...entry, labels })));
    if (lines.length > 0) return lines;
  }
  return [];
}

async function selectorLabels(
  client: LokiClient,
  range: { startNs: bigint; endNs: bigint },
): Promise<readonly string[]> {
  const labels = await client.labels(range);
  return labels.includes('service_name')
    ? ['service_name', ...labels.filter((label) => label !== 'service_name')]
    : labels;
}
