import { TempoClient } from '../../helpers/clients/tempo.ts';
import type { SpanValue, TraceSpan } from '../../helpers/clients/tempo-types.ts';
import type { AttributeValue, Span } from '../../helpers/telemetry/types.ts';
import { expectationOf } from '../push/expectation.ts';
import { wholeTrace } from '../push/read-back-traces.ts';
import { broken, kept } from '../requirement.ts';
import type { CheckContext, Outcome, Requirement, RowTarget } from '../types.ts';
import { delivered } from './delivered.ts';
import { stepsBetween } from './on-the-way.ts';
import { byArrival, routeRow } from './route-row.ts';

type Difference = (sent: Span, came: TraceSpan) => readonly string[];

function comesBack(id: string, title: string, because: string, differencesOf: Difference): Requirement {
  return routeRow(
    'traces',
    { id, title, because, source: 'https://opentelemetry.io/docs/specs/otlp/' },
    (context, target) => compareSpans(context, target, differencesOf),
  );
}

async function compareSpans(context: CheckContext, target: RowTarget, differencesOf: Difference): Promise<Outcome> {
  const way = await delivered(context, target);
  if (!way.ok) return way.outcome;
  const { probe, end } = way;
  const expectation = expectationOf(probe.route, end, probe.probe);
  const options = context.clientOptions(end.service, end.tenant ? { tenant: end.tenant } : {});
  const wanted = expectation.mayVanish ? 0 : expectation.spans;
  const spans = await wholeTrace(new TempoClient(options), probe.probe.traceId, wanted, context.signal);
  const arrival = byArrival(expectation, spans.length, target, end.service.name);
  if (arrival) return arrival;
  const differences = expectation.traces.flatMap((sent) => {
    const came = spans.filter(({ spanId }) => spanId === sent.spanId);
    const [first] = came;
    if (first === undefined || came.length > 1)
      return [`span "${sent.name}" (${sent.spanId}) is there ${came.length} times and not once`];
    return differencesOf(sent, first);
  });
  if (spans.length > expectation.traces.length)
    differences.push(`${spans.length} spans came back for ${expectation.traces.length}`);
  if (differences.length === 0) return kept(`${spans.length} spans in ${end.service.name}`);
  return broken({
    message: `${differences.length} differences between what was sent to ${target.subject} by ${target.column} and what ${end.service.name} answers: ${differences.slice(0, 3).join('; ')}.${stepsBetween(probe.route, end)}`,
    expected: expectation.traces.map(({ spanId, name }) => `${spanId} ${name}`).join('\n'),
    got: spans.map(({ spanId, name }) => `${spanId} ${name}`).join('\n') || 'no span',
    remedy: `Look at the processors between ${target.subject} and ${end.service.name}.`,
    evidence: context.evidence.list(),
  });
}

function differ(span: Span, what: string, came: unknown, sent: unknown): readonly string[] {
  return String(came) === String(sent)
    ? []
    : [`span "${span.name}" has ${what} ${JSON.stringify(String(came))} and not ${JSON.stringify(String(sent))}`];
}

export const tracesComeBack: readonly Requirement[] = [
  comesBack(
    'INGEST-TRACES-01',
    'A trace comes back whole: every span once, with name, kind, parent, start and end',
    'a trace with a span missing tells another story',
    (sent, came) => [
      ...differ(sent, 'name', came.name, sent.name),
      ...differ(sent, 'kind', came.kind, sent.kind),
      ...differ(sent, 'parent', came.parentSpanId ?? '', sent.parentSpanId ?? ''),
      ...differ(sent, 'start', came.startNs, sent.startNs),
      ...differ(sent, 'end', came.endNs, sent.endNs),
      ...differ(sent, 'status', came.status, sent.status),
    ],
  ),
  comesBack(
    'INGEST-TRACES-02',
    'The attributes of a span come back with their values and types',
    'queries find spans by attributes, and 3 is not "3"',
    (sent, came) =>
      Object.entries(sent.attributes).flatMap(([name, value]) =>
        differ(sent, name, typed(came.attributes[name]), typed(value)),
      ),
  ),
];

/** A value with its type, so that a number that came back as a text is seen. */
function typed(value: SpanValue | AttributeValue | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return `[${value.map((item) => typed(item as SpanValue)).join(', ')}]`;
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) return `number ${value}`;
  return `${typeof value} ${String(value)}`;
}
