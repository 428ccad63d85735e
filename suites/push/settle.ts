import { GiveUpError } from '../../helpers/waiting/eventually.ts';
import { type Gate, type Settlement, settled } from '../../helpers/waiting/settle-gate.ts';
import { clientOptionsFor } from '../access.ts';
import { expectationOf } from './expectation.ts';
import { countProbeSeries, probeLines } from './read-back.ts';
import { countProbeSpans } from './read-back-traces.ts';
import type { RouteProbe } from './route-probe.ts';
import { probeWasAccepted } from './route-probe.ts';
import type { RouteEnd } from './routes.ts';
import { storyGate } from './story-gates.ts';
import type { WritableSession } from './writable-session.ts';

/** What is pushed is visible in seconds; a gateway's longest sensible batch and a scrape interval fit in this. */
const DEADLINE_MS = 45_000;

/**
 * Waits until everything that was accepted is visible where its route ends, and prints sent and seen where it is not.
 * @returns the milliseconds until the last gate that opened did so: what the engines themselves impose.
 */
export async function settleEverything(
  session: WritableSession,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<number> {
  const waiting = [...session.probes.values()]
    .filter(probeWasAccepted)
    .flatMap((probe) => probe.route.ends.map((end) => ({ probe, end, gate: gateOf(session, probe, end) })));
  const stories = [...session.storyPushes.values()].filter(({ summary }) => summary?.accepted === true);
  const limits = { deadlineMs: DEADLINE_MS, signal };
  const [settlements, storySettlements] = await Promise.all([
    settled(
      waiting.map(({ end, gate }) => whileAlive(session, end.service.name, gate)),
      limits,
    ),
    settled(
      stories.map((push) => whileAlive(session, push.route.service.name, storyGate(session, push))),
      limits,
    ),
  ]);
  storySettlements.forEach((settlement, index) => {
    const push = stories[index];
    if (push === undefined) return;
    push.settled = settlement.settled;
    push.gist = settlement.summary;
    session.settlements.push(settlement);
    if (!settlement.settled) progress(settlement.summary);
  });
  settlements.forEach((settlement, index) => {
    const item = waiting[index];
    if (item) item.probe.settlements.set(item.end, settlement);
    session.settlements.push(settlement);
    if (!settlement.settled) progress(settlement.summary);
  });
  const all = [...settlements, ...storySettlements];
  const open = all.filter(({ settled: isSettled }) => isSettled);
  const slowest = Math.max(0, ...open.map(({ afterMs }) => afterMs));
  progress(
    `${open.length} of ${all.length} gates settled, the last after ${(slowest / 1000).toFixed(1)} s${perSignal(open)}`,
  );
  return slowest;
}

/** Nothing more becomes visible in a backend that has exited; with a restart policy it comes back. */
function whileAlive({ stack }: WritableSession, service: string, gate: Gate): Gate {
  return {
    ...gate,
    count: async (signal) => {
      const { status, exitCode } = await stack.state(service);
      if (status === 'exited') throw new GiveUpError(`${service} has exited with code ${exitCode ?? 'unknown'}`);
      return gate.count(signal);
    },
  };
}

function perSignal(open: readonly Settlement[]): string {
  const slowest = new Map<string, number>();
  for (const { signal, afterMs } of open) slowest.set(signal, Math.max(slowest.get(signal) ?? 0, afterMs));
  const parts = [...slowest].map(([signal, ms]) => `${signal} ${(ms / 1000).toFixed(2)} s`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function gateOf(session: WritableSession, { route, probe }: RouteProbe, end: RouteEnd): Gate {
  const options = () => clientOptionsFor(session, end.service, end.tenant === undefined ? {} : { tenant: end.tenant });
  const expected = expectationOf(route, end, probe);
  const base = { signal: route.signal, route: `${route.subject} by ${route.column} to ${end.service.name}` };
  switch (route.signal) {
    case 'metrics':
      return {
        ...base,
        unit: 'series',
        expected: expected.series,
        count: (signal) => countProbeSeries(options(), probe, signal),
      };
    case 'logs':
      return {
        ...base,
        unit: 'lines',
        expected: expected.lines,
        count: async (signal) => (await probeLines(options(), probe, signal)).length,
      };
    case 'traces':
      return {
        ...base,
        unit: 'spans',
        expected: expected.spans,
        count: (signal) => countProbeSpans(options(), probe, signal),
      };
  }
}
