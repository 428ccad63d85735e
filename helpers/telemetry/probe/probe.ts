import type { TelemetrySource } from '../payload.ts';
import { nsOf } from '../story/clock.ts';
import { hashOf, numberOf } from '../story/ids.ts';
import { jsonLine, logfmtLine } from '../story/lines.ts';
import { logRecord } from '../story/log-builder.ts';
import { resourceOf } from '../story/shop.ts';
import { checkFrame, storyKey } from '../story/story.ts';
import { TraceBuilder } from '../story/trace-builder.ts';
import type { Attributes, LogRecord, Metric, Scope, Span } from '../types.ts';

/** What the probe of one column is called: the service of its spans, logs and metrics. */
export const PROBE_SERVICE = 'telltale-probe';

const PROBE_VERSION = '1.0.0';
const SCOPE: Scope = { name: 'telltale.probe', version: PROBE_VERSION };

export interface ProbeOptions {
  readonly runId: string;
  /** The story's start; the probe is dated 110 s later, just before the story's end, unless `atMs` says otherwise. */
  readonly t0Ms: number;
  /** The protocol or route through which alone this probe is pushed. */
  readonly column: string;
  /** Milliseconds since the epoch. */
  readonly atMs?: number;
}

/**
 * A little telemetry that belongs to one column: found in a backend, it came by that column's way. One counter, one
 * gauge, one histogram (one point each, so that no pipeline can bring their order about), 3 log lines, a trace of 3
 * spans. No errors. Values follow from run id, start and column, and differ between columns.
 */
export interface Probe extends TelemetrySource {
  readonly runId: string;
  readonly column: string;
  readonly atMs: number;
  /** In every record: attribute `route` has the column, `probe` this. */
  readonly marker: string;
  readonly traceId: string;
  readonly counter: number;
  readonly gauge: number;
}

/** @throws RangeError where t0 is not a whole minute, or run id or column cannot be used. */
export function makeProbe(options: ProbeOptions): Probe {
  const { runId, t0Ms, column } = options;
  checkFrame(runId, t0Ms);
  if (column === '') throw new RangeError('A probe needs a column to belong to.');
  const atMs = options.atMs ?? t0Ms + 110_000;
  const key = `probe ${storyKey(runId, t0Ms)} ${column}`;
  const marker = hashOf(key, 'marker').toString('hex', 0, 8);
  const labels: Attributes = { run: runId, route: column, probe: marker };
  const counter = 1_000 + numberOf(key, 'counter', 9_000);
  const gauge = numberOf(key, 'gauge', 8_000) / 8;
  const spans = spansOf({ key, runId, atMs, labels });
  return {
    runId,
    column,
    atMs,
    marker,
    traceId: spans[0]?.traceId ?? '',
    counter,
    gauge,
    resources: [instanceOf(runId, column)],
    metrics: metricsOf(labels, atMs, counter, gauge),
    logs: logsOf(runId, labels, atMs, spans),
    spans,
  };
}

export function makeProbes(
  options: Omit<ProbeOptions, 'column'>,
  columns: readonly string[],
): ReadonlyMap<string, Probe> {
  return new Map(columns.map((column) => [column, makeProbe({ ...options, column })]));
}

/** An instance of its own for each column: streams and `target_info` of two columns never meet. */
function instanceOf(runId: string, column: string): Probe['resources'][number] {
  const resource = resourceOf(PROBE_SERVICE, runId, PROBE_VERSION);
  const instance = `${column}-${runId}`;
  return { ...resource, attributes: { ...resource.attributes, 'service.instance.id': instance } };
}

/** Upper bounds of the probe's histogram, in seconds. */
export const PROBE_BOUNDS = [0.1, 1, 10] as const;

function metricsOf(labels: Attributes, atMs: number, counter: number, gauge: number): readonly Metric[] {
  const point = { startNs: nsOf(atMs - 60_000), timeNs: nsOf(atMs), attributes: labels };
  const base = { resource: PROBE_SERVICE, scope: SCOPE };
  const bucketCounts = [1 + (counter % 3), 2, 1 + (counter % 5), 1];
  return [
    {
      ...base,
      name: 'telltale_probe_orders_total',
      description: 'A number that only this column has.',
      unit: '',
      data: { kind: 'counter', points: [{ ...point, value: counter }] },
    },
    {
      ...base,
      name: 'telltale_probe_level',
      description: 'A number that only this column has.',
      unit: '',
      data: { kind: 'gauge', points: [{ ...point, value: gauge }] },
    },
    {
      ...base,
      name: 'telltale_probe_duration_seconds',
      description: 'Buckets that follow from the column.',
      unit: 's',
      data: {
        kind: 'histogram',
        bounds: PROBE_BOUNDS,
        points: [
          { ...point, count: bucketCounts.reduce((sum, count) => sum + count, 0), sum: counter / 8, bucketCounts },
        ],
      },
    },
  ];
}

function spansOf(input: { key: string; runId: string; atMs: number; labels: Attributes }): readonly Span[] {
  const trace = new TraceBuilder({ key: input.key, runId: input.runId, name: 'probe', startMs: input.atMs - 1_000 });
  const attributes = input.labels;
  const common = { service: PROBE_SERVICE, scope: SCOPE };
  const root = trace.add({ ...common, name: 'probe', kind: 'server', at: 0, lasts: 900, attributes });
  const child = trace.add(
    { ...common, name: 'probe.work', at: 100, lasts: 700, attributes: { ...attributes, items: ['a', 'b'] } },
    root,
  );
  trace.add(
    { ...common, name: 'probe.store', kind: 'client', at: 200, lasts: 500, attributes: { ...attributes, rows: 3 } },
    child,
  );
  return trace.spans;
}

function logsOf(runId: string, labels: Attributes, atMs: number, spans: readonly Span[]): readonly LogRecord[] {
  const fields = { run: runId, route: String(labels.route), probe: String(labels.probe) };
  const bodies = [
    ['json', jsonLine({ level: 'info', msg: 'probe one', ...fields })],
    ['logfmt', logfmtLine({ level: 'info', msg: 'probe two', ...fields })],
    ['plain', `probe three ⚓ run=${fields.run} route=${fields.route} probe=${fields.probe}`],
  ] as const;
  return bodies.map(([format, body], position) => {
    const span = spans[position];
    return {
      ...logRecord(runId, {
        service: PROBE_SERVICE,
        timeNs: nsOf(atMs + position),
        severity: 'info',
        format,
        body,
        attributes: labels,
        ...(span === undefined ? {} : { span }),
      }),
      scope: SCOPE,
    };
  });
}
