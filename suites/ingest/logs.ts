import { labelNameOf, textOf } from '../../helpers/telemetry/attributes.ts';
import type { LogRecord } from '../../helpers/telemetry/types.ts';
import { expectationOf } from '../push/expectation.ts';
import { type FoundLine, probeLines } from '../push/read-back.ts';
import { takesStructuredMetadata } from '../push/structured-metadata.ts';
import { broken, kept } from '../requirement.ts';
import type { CheckContext, Outcome, Requirement, RowTarget } from '../types.ts';
import { delivered, probeOf } from './delivered.ts';
import { stepsBetween } from './on-the-way.ts';
import { byArrival, routeRow } from './route-row.ts';

const SOURCE = 'https://grafana.com/docs/loki/latest/send-data/otel/';

type Difference = (record: LogRecord, found: FoundLine) => string | undefined;

function comesBack(id: string, title: string, because: string, differenceOf: Difference): Requirement {
  return routeRow('logs', { id, title, because, source: SOURCE }, (context, target) =>
    compareLines(context, target, differenceOf),
  );
}

async function compareLines(context: CheckContext, target: RowTarget, differenceOf: Difference): Promise<Outcome> {
  const way = await delivered(context, target);
  if (!way.ok) return way.outcome;
  const { probe, end } = way;
  const expectation = expectationOf(probe.route, end, probe.probe);
  const options = context.clientOptions(end.service, end.tenant ? { tenant: end.tenant } : {});
  const lines = await probeLines(options, probe.probe, context.signal);
  const arrival = byArrival(expectation, lines.length, target, end.service.name);
  if (arrival) return arrival;
  const differences = expectation.logs.flatMap((record) => {
    const same = lines.filter(({ line }) => line === record.body);
    if (same.length !== 1) return [`"${record.body}" is there ${same.length} times and not once`];
    const difference = same[0] && differenceOf(record, same[0]);
    return difference ? [difference] : [];
  });
  if (lines.length > expectation.logs.length)
    differences.push(`${lines.length} lines came back for ${expectation.logs.length}`);
  if (differences.length === 0) return kept(`${lines.length} lines in ${end.service.name}`);
  return broken({
    message: `${differences.length} differences between what was sent to ${target.subject} by ${target.column} and what ${end.service.name} answers: ${differences.slice(0, 3).join('; ')}.${stepsBetween(probe.route, end)}`,
    expected: expectation.logs.map(({ timeNs, body }) => `${timeNs} ${body}`).join('\n'),
    got:
      lines
        .map(({ timeNs, line, structuredMetadata }) => `${timeNs} ${line} ${JSON.stringify(structuredMetadata)}`)
        .join('\n') || 'no line',
    remedy: `Look at the processors between ${target.subject} and ${end.service.name}.`,
    evidence: context.evidence.list(),
  });
}

/** What stands beside a line is asked for only where the backend takes it. */
function whereTaken(requirement: Requirement): Requirement {
  return {
    ...requirement,
    check: async (context, target) => {
      const end = probeOf(context, target)?.route.ends[0];
      if (end === undefined || takesStructuredMetadata(end.service)) return requirement.check(context, target);
      return { kind: 'not-applicable', why: `${end.service.name} is told to take no structured metadata.` };
    },
  };
}

export const logsComeBack: readonly Requirement[] = [
  comesBack(
    'INGEST-LOGS-01',
    'A log line comes back once, to the letter, at its own time',
    'a line that is changed, doubled or moved in time misleads whoever reads it',
    (record, found) =>
      found.timeNs === record.timeNs ? undefined : `"${record.body}" is dated ${found.timeNs} and not ${record.timeNs}`,
  ),
  whereTaken(
    comesBack(
      'INGEST-LOGS-02',
      'Attributes, severity, trace id and span id of a log record can be found beside its line',
      'a log that cannot be joined to its trace is only half of an answer',
      (record, found) => {
        const beside: Readonly<Record<string, string>> = {
          ...found.labels,
          ...found.structuredMetadata,
          ...found.parsed,
        };
        const wanted: [string, string][] = Object.entries(record.attributes).map(([name, value]) => [
          labelNameOf(name),
          textOf(value),
        ]);
        if (record.traceId) wanted.push(['trace_id', record.traceId]);
        if (record.spanId) wanted.push(['span_id', record.spanId]);
        const wrong = wanted.filter(([name, value]) => beside[name] !== value);
        if (wrong.length === 0) return undefined;
        return `"${record.body}" has ${wrong.map(([name, value]) => `${name}=${JSON.stringify(beside[name] ?? null)} and not ${JSON.stringify(value)}`).join(', ')}`;
      },
    ),
  ),
];
