import type { MatrixRow } from '../../helpers/clients/prometheus-types.ts';
import type { PrometheusSeries } from '../../helpers/telemetry/translation/prometheus.ts';
import { expectationOf } from '../push/expectation.ts';
import { probeSeries } from '../push/read-back.ts';
import { broken, kept } from '../requirement.ts';
import type { CheckContext, Outcome, Requirement, RowTarget } from '../types.ts';
import { delivered } from './delivered.ts';
import { stepsBetween } from './on-the-way.ts';
import { byArrival, routeRow } from './route-row.ts';

const SOURCE = 'https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/';

function comesBack(
  id: string,
  title: string,
  because: string,
  select: (series: PrometheusSeries) => boolean,
): Requirement {
  return routeRow('metrics', { id, title, because, source: SOURCE }, (context, target) =>
    compareSeries(context, target, select),
  );
}

async function compareSeries(
  context: CheckContext,
  target: RowTarget,
  select: (series: PrometheusSeries) => boolean,
): Promise<Outcome> {
  const way = await delivered(context, target);
  if (!way.ok) return way.outcome;
  const { probe, end } = way;
  const expectation = expectationOf(probe.route, end, probe.probe);
  const rows = await probeSeries(
    context.clientOptions(end.service, end.tenant ? { tenant: end.tenant } : {}),
    probe.probe,
  );
  const arrival = byArrival(expectation, rows.length, target, end.service.name);
  if (arrival) return arrival;
  const wanted = expectation.metrics.filter(select);
  const missing: string[] = [];
  for (const series of wanted) {
    const difference = differenceOf(series, rows, end.protocol === 'prometheus-scrape');
    if (difference) missing.push(difference);
  }
  if (wanted.length === 0) return { kind: 'error', why: 'The probe has no such series, so nothing was compared.' };
  if (missing.length === 0) return kept(`${wanted.length} series, value for value, in ${end.service.name}`);
  return broken({
    message: `${missing.length} of ${wanted.length} series sent to ${target.subject} by ${target.column} came back otherwise from ${end.service.name}: ${missing.slice(0, 3).join('; ')}.${stepsBetween(probe.route, end)}`,
    expected: wanted.map(describeSeries).slice(0, 5).join('\n'),
    got:
      rows
        .map(
          (row) =>
            `${labelText(row.labels)} ${row.points.map(({ timeMs, value }) => `${JSON.stringify(value)} @ ${timeMs}`).join(' ')}`,
        )
        .slice(0, 20)
        .join('\n') || 'no series',
    remedy: `Look at the processors between ${target.subject} and ${end.service.name}, and at ${end.service.name}'s own relabelling.`,
    evidence: context.evidence.list(),
  });
}

/** What differs between a series as it must be and the rows that came back; undefined where one is right. */
function differenceOf(series: PrometheusSeries, rows: readonly MatrixRow[], scraped: boolean): string | undefined {
  const named = rows.filter(({ labels }) => labels.__name__ === series.name && sameBucket(series, labels));
  const [first] = named;
  if (first === undefined) return `${describeSeries(series)} is not there`;
  const labelled = named.filter(({ labels }) =>
    Object.entries(ownLabels(series)).every(([label, value]) => labels[label] === value),
  );
  if (labelled.length === 0) {
    const wrong = Object.entries(ownLabels(series)).filter(([label, value]) => first.labels[label] !== value);
    return `${series.name} has ${wrong.map(([label, value]) => `${label}="${first.labels[label] ?? ''}" and not "${value}"`).join(', ')}`;
  }
  if (labelled.length > 1)
    return `${series.name} is there ${labelled.length} times: ${labelled.map(({ labels }) => labelText(labels)).join(' and ')}`;
  const points = labelled[0]?.points ?? [];
  if (scraped) return scrapedDifference(series, points);
  for (const { tMs, value } of series.samples) {
    const at = points.find(({ timeMs }) => timeMs === tMs);
    if (at === undefined)
      return `${series.name} has no sample at ${new Date(tMs).toISOString()} (it has ${points.map(({ timeMs }) => new Date(timeMs).toISOString()).join(', ') || 'none'})`;
    if (at.value !== value)
      return `${series.name} is ${JSON.stringify(at.value)} and not ${value} at ${new Date(tMs).toISOString()}`;
  }
  return points.length > series.samples.length
    ? `${series.name} has ${points.length} samples and not ${series.samples.length}`
    : undefined;
}

/** A scraper dates samples itself, and takes the same one at every scrape: values count, moments do not. */
function scrapedDifference(series: PrometheusSeries, points: MatrixRow['points']): string | undefined {
  const last = series.samples.at(-1)?.value;
  const other = points.find(({ value }) => !series.samples.some((sample) => sample.value === value));
  if (other !== undefined) return `${series.name} is ${JSON.stringify(other.value)} and not ${last}`;
  return points.some(({ value }) => value === last) ? undefined : `${series.name} never was ${last}`;
}

/** Buckets and quantiles of one metric differ in these labels only; `le` may be written as `1` or `1.0`. */
function sameBucket(series: PrometheusSeries, labels: Readonly<Record<string, string>>): boolean {
  const { le } = series.labels;
  return (
    le === undefined ||
    Number(le.replace('+Inf', 'Infinity')) === Number((labels.le ?? '').replace('+Inf', 'Infinity') || Number.NaN)
  );
}

/** Labels that every way of sending keeps; what identifies the process depends on promotion and on external labels. */
function ownLabels(series: PrometheusSeries): Record<string, string> {
  return Object.fromEntries(
    Object.entries(series.labels).filter(([label]) => !['le', 'job', 'instance'].includes(label)),
  );
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const { __name__: name = '', ...rest } = labels;
  return `${name}{${Object.entries(rest)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`;
}

function describeSeries({ name, labels, samples }: PrometheusSeries): string {
  return `${labelText({ __name__: name, ...labels })} ${samples.map(({ tMs, value }) => `${value} @ ${tMs}`).join(' ')}`;
}

export const metricsComeBack: readonly Requirement[] = [
  comesBack(
    'INGEST-METRICS-01',
    'A counter and a gauge come back with value, timestamp and labels',
    'a number that is slightly wrong is believed longer than one that is missing',
    ({ type }) => type === 'counter' || type === 'gauge',
  ),
  comesBack(
    'INGEST-METRICS-02',
    'A histogram comes back with every bucket, sum and count',
    'quantiles are computed from buckets, and a lost bucket moves them silently',
    ({ type }) => type === 'histogram',
  ),
];
