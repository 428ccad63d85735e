import { LokiClient } from '../../helpers/clients/loki.ts';
import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import type { MatrixRow } from '../../helpers/clients/prometheus-types.ts';
import { TempoClient } from '../../helpers/clients/tempo.ts';
import type { TelemetrySignal } from '../../helpers/telemetry/payload.ts';
import { nsOf, STORY_MS } from '../../helpers/telemetry/story/clock.ts';
import { expectedLogStreams, expectedSeries, expectedTraces } from '../../helpers/telemetry/story/expected.ts';
import type { PrometheusSeries } from '../../helpers/telemetry/translation/prometheus.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { wholeTrace } from '../push/read-back-traces.ts';
import { type StoryPush, storyRoutes } from '../push/story-push.ts';
import { storyLines } from '../push/structured-metadata.ts';
import { BlockedError, broken, kept, requirement } from '../requirement.ts';
import type { CheckContext, Outcome, Requirement, RowTarget } from '../types.ts';

const BECAUSE = 'every question that is asked of a stack is asked of many series, streams and traces at once';

function wholeStory(
  id: string,
  signal: TelemetrySignal,
  title: string,
  source: string,
  compare: (context: CheckContext, target: RowTarget, push: StoryPush) => Promise<Outcome>,
): Requirement {
  return requirement({
    id,
    level: 'MUST',
    area: 'ingest',
    title,
    because: BECAUSE,
    source,
    promise: `ingest.${signal}`,
    when: 'plain',
    after: 'settled',
    targets: (stack) => storyTargets(stack, signal),
    async check(context, target) {
      const push = storyOf(context, target, signal);
      if ('outcome' in push) return push.outcome;
      return compare(context, target, push.push);
    },
  });
}

function storyTargets(stack: StackDefinition, signal: TelemetrySignal): readonly RowTarget[] {
  return storyRoutes(stack)
    .filter((route) => route.signal === signal)
    .map(({ service, column, promise }) => ({ subject: service.name, column, service, promise, signal }));
}

/** The story in a backend, or why there is nothing to compare. */
function storyOf(
  context: CheckContext,
  { subject }: RowTarget,
  signal: TelemetrySignal,
): { push: StoryPush } | { outcome: Outcome } {
  const push = context.session.storyPushes.get(`${subject} ${signal}`);
  if (push === undefined) return { outcome: { kind: 'error', why: `The story was not pushed to ${subject}.` } };
  if (push.blocked) throw new BlockedError(push.blocked.by, push.blocked.why, push.blocked.remedy);
  const [refusal] = push.summary?.refusals ?? [];
  const remedy = `See what ${subject} says of refused writes: a limit, an age rule or a disabled feature.`;
  if (push.failure !== undefined)
    return { outcome: broken({ message: `The story could not be sent to ${subject}: ${push.failure}.`, remedy }) };
  if (refusal) {
    return {
      outcome: broken({
        message: `${subject} refused ${signal} of the story with status ${refusal.status}: ${refusal.message || 'no words'}.`,
        remedy,
      }),
    };
  }
  if (push.settled === false)
    return { outcome: broken({ message: `The story is not whole in ${subject}: ${push.gist}.`, remedy }) };
  return { push };
}

const storyMetrics = wholeStory(
  'INGEST-STORY-01',
  'metrics',
  'Every series of the story is there with every sample: counters, gauges, histograms, summaries',
  'https://prometheus.io/docs/guides/opentelemetry/',
  async (context, target, { payload, route }) => {
    if (payload.signal !== 'metrics') return { kind: 'error', why: 'The story has no metrics.' };
    const { runId } = context.session;
    const { result } = await new PrometheusClient(context.clientOptions(target.service)).query(
      `{run="${runId}",probe=""}[20m]`,
    );
    const rows = result.type === 'matrix' ? result.rows : [];
    const expected = expectedSeries({ ...payload, logs: [], spans: [] }, { targetInfo: false });
    const differences = expected.flatMap((series) => seriesDifference(series, rows));
    if (rows.length > expected.length) differences.push(`${rows.length} series came back for ${expected.length}`);
    const samples = expected.reduce((sum, series) => sum + series.samples.length + series.histograms.length, 0);
    return verdict(target, differences, `${expected.length} series, ${samples} samples, by ${route.column}`);
  },
);

/** Labels that the translation gives to every way in, and that no promotion changes. */
function seriesDifference(series: PrometheusSeries, rows: readonly MatrixRow[]): readonly string[] {
  const wanted = Object.entries(series.labels).filter(([label]) => label !== 'le' && label !== 'quantile');
  const same = rows.filter(
    ({ labels }) =>
      labels.__name__ === series.name &&
      wanted.every(([label, value]) => labels[label] === value) &&
      sameNumber(series.labels.le, labels.le) &&
      sameNumber(series.labels.quantile, labels.quantile),
  );
  const name = `${series.name}{${Object.entries(series.labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`;
  const [row] = same;
  if (row === undefined || same.length > 1) return [`${name} is there ${same.length} times and not once`];
  const samples = series.samples.filter(({ stale }) => stale !== true);
  const wrong = samples.find(
    ({ tMs, value }) => !row.points.some((point) => point.timeMs === tMs && Object.is(point.value, value)),
  );
  if (wrong) {
    const at = row.points.find(({ timeMs }) => timeMs === wrong.tMs);
    return [
      `${name} is ${at ? JSON.stringify(at.value) : 'absent'} and not ${wrong.value} at ${new Date(wrong.tMs).toISOString()}`,
    ];
  }
  const points = samples.length + series.histograms.length;
  return row.points.length === points ? [] : [`${name} has ${row.points.length} samples and not ${points}`];
}

function sameNumber(one: string | undefined, other: string | undefined): boolean {
  const number = (text: string | undefined) =>
    text === undefined ? undefined : Number(text.replace('+Inf', 'Infinity'));
  return Object.is(number(one), number(other));
}

const storyLogs = wholeStory(
  'INGEST-STORY-02',
  'logs',
  'Every line of the story is there once, in time order, in the stream that it belongs to',
  'https://grafana.com/docs/loki/latest/send-data/otel/',
  async (context, target, { payload }) => {
    if (payload.signal !== 'logs') return { kind: 'error', why: 'The story has no logs.' };
    const { runId, t0Ms } = context.session;
    const range = { startNs: nsOf(t0Ms - 60_000), endNs: nsOf(t0Ms + STORY_MS + 60_000) };
    const options = { limit: entriesLimit(target), direction: 'forward' } as const;
    const client = new LokiClient(context.clientOptions(target.service));
    const query = storyLines(target.service, runId);
    const came = await everyLine(client, query, range, options);
    const sent = expectedLogStreams({ ...payload, metrics: [], spans: [] }).flatMap(({ entries }) =>
      entries.map(({ timeNs, line }) => `${timeNs} ${line}`),
    );
    return verdict(target, multisetDifference(sent, came), `${sent.length} lines`);
  },
);

/** What one question may ask for: Loki refuses a larger limit outright. */
function entriesLimit({ service }: RowTarget): number {
  const own = service.facts?.limits.find(({ key }) => key.endsWith('max_entries_limit_per_query'))?.setting.value;
  return own === undefined || own === 0 ? MOST_ENTRIES : Math.min(own, MOST_ENTRIES);
}

/** Loki's own default of `max_entries_limit_per_query`. */
const MOST_ENTRIES = 5_000;

/** Every line of a window, `<ns> <line>`, page by page: lines of one nanosecond may come twice and are told apart. */
async function everyLine(
  client: LokiClient,
  query: string,
  range: { readonly startNs: bigint; readonly endNs: bigint },
  options: { readonly limit: number; readonly direction: 'forward' },
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let startNs = range.startNs; ; ) {
    const { result } = await client.queryRange(query, { startNs, endNs: range.endNs }, options);
    const page = (result.type === 'streams' ? result.rows : [])
      .flatMap(({ entries }) => entries)
      .sort((one, other) => (one.timeNs < other.timeNs ? -1 : Number(one.timeNs > other.timeNs)));
    const lastNs = page.at(-1)?.timeNs;
    const full = page.length >= options.limit && lastNs !== undefined && page[0]?.timeNs !== lastNs;
    // The last nanosecond of a full page may be cut: it is asked for again, whole.
    for (const { timeNs, line } of page) if (!full || timeNs !== lastNs) lines.push(`${timeNs} ${line}`);
    if (!full) return lines;
    startNs = lastNs;
  }
}

const storyTraces = wholeStory(
  'INGEST-STORY-03',
  'traces',
  'Every trace of the story is there with every span, its parents, events and links',
  'https://grafana.com/docs/tempo/latest/api_docs/#query',
  async (context, target, { payload }) => {
    if (payload.signal !== 'traces') return { kind: 'error', why: 'The story has no traces.' };
    const client = new TempoClient(context.clientOptions(target.service));
    const expected = expectedTraces({ ...payload, logs: [], metrics: [] });
    const differences = await Promise.all(
      expected.map(async ({ traceId, spans }) => {
        const came = await wholeTrace(client, traceId, spans.length, context.signal);
        const describe = (span: {
          spanId: string;
          parentSpanId?: string;
          name: string;
          events: readonly unknown[];
          links: readonly unknown[];
          startNs: bigint;
          endNs: bigint;
        }) =>
          `${traceId} ${span.spanId} parent ${span.parentSpanId ?? 'none'} "${span.name}" ${span.startNs}-${span.endNs}, ${span.events.length} events, ${span.links.length} links`;
        return multisetDifference(spans.map(describe), came.map(describe));
      }),
    );
    return verdict(target, differences.flat(), `${expected.length} traces, ${payload.spans.length} spans`);
  },
);

/** What is sent and not there, there twice, or there and never sent. */
function multisetDifference(sent: readonly string[], came: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of sent) counts.set(item, (counts.get(item) ?? 0) + 1);
  for (const item of came) counts.set(item, (counts.get(item) ?? 0) - 1);
  return [...counts].flatMap(([item, balance]) => {
    if (balance > 0) return [`missing ${balance} time(s): ${item}`];
    return balance < 0 ? [`there and not sent, or ${-balance} time(s) too often: ${item}`] : [];
  });
}

function verdict(target: RowTarget, differences: readonly string[], what: string): Outcome {
  if (differences.length === 0) return kept(what);
  return broken({
    message: `${differences.length} differences between the story and what ${target.subject} answers (${what} sent): ${differences.slice(0, 3).join('; ')}.`,
    expected: what,
    got: differences.slice(0, 20).join('\n'),
    remedy: `Look at what ${target.subject} does to what it takes: relabelling, limits, age rules.`,
  });
}

export const storyComesBack: readonly Requirement[] = [storyMetrics, storyLogs, storyTraces];
