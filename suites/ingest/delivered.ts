import type { SendResult } from '../../helpers/telemetry/senders/types.ts';
import { formatPosition } from '../../stack/definition/position.ts';
import type { RouteProbe } from '../push/route-probe.ts';
import type { RouteEnd } from '../push/routes.ts';
import { broken, kept } from '../requirement.ts';
import type { CheckContext, Outcome, RowTarget } from '../types.ts';
import { onTheWay } from './on-the-way.ts';
import { isRouteTarget } from './routes-target.ts';

/** A probe that was taken and came out, with the backend to read it from; or the outcome that ends the row. */
export type Delivered =
  | { readonly ok: true; readonly probe: RouteProbe; readonly end: RouteEnd }
  | { readonly ok: false; readonly outcome: Outcome };

/** The probe of a row's route. */
export function probeOf(context: CheckContext, target: RowTarget): RouteProbe | undefined {
  return isRouteTarget(target) ? context.session.probes.get(target.probeKey) : undefined;
}

/** Follows a route to its end: what the files break, what the receiver refuses, what never comes out. */
export async function delivered(context: CheckContext, target: RowTarget): Promise<Delivered> {
  const probe = probeOf(context, target);
  if (probe === undefined) {
    return {
      ok: false,
      outcome: {
        kind: 'error',
        why: 'No probe was made for this route.',
        remedy: 'This is a fault of Telltale: report it.',
      },
    };
  }
  const { route, delivery, failure, blocked } = probe;
  if (blocked) return { ok: false, outcome: { kind: 'blocked', ...blocked } };
  const brokenByFiles = route.promise.broken;
  const because = brokenByFiles
    ? ` ${sentence(brokenByFiles.why)}${brokenByFiles.at ? ` (${formatPosition(brokenByFiles.at)})` : ''}`
    : '';
  const remedy = brokenByFiles?.remedy;
  if (delivery === undefined) {
    return fail(
      `${route.subject} cannot be reached for ${route.signal} by ${route.column}: ${failure ?? 'it was not tried'}.${because}`,
      remedy ?? 'Let the receiver listen on 0.0.0.0 and on the port that is published.',
    );
  }
  context.evidence.add(asEvidence(delivery));
  if (!delivery.accepted) {
    return fail(
      `${route.subject} refused ${route.signal} by ${route.column} with status ${delivery.status}${delivery.message ? `: ${delivery.message}` : ''}.${because}`,
      remedy ?? `Give ${route.subject} a pipeline for ${route.signal}.`,
    );
  }
  const [end] = route.ends;
  if (end === undefined && brokenByFiles === undefined) {
    // Another host, a reverse proxy, a service that telltale.yaml says to leave alone.
    return {
      ok: false,
      outcome: {
        kind: 'not-applicable',
        why: `${route.subject} sends ${route.signal} where Telltale cannot look: to no engine of this stack directly.`,
      },
    };
  }
  if (end === undefined) {
    return fail(
      `${route.subject} takes ${route.signal} by ${route.column} and no backend of this stack gets them.${because}`,
      remedy ?? 'Let the pipeline end in an exporter to a backend.',
    );
  }
  const settlement = probe.settlements.get(end);
  if (settlement !== undefined && !settlement.settled) {
    const way = await onTheWay(context, route, end);
    return fail(
      `${route.subject} accepted ${settlement.sent} ${settlement.unit} by ${route.column}, and ${settlement.seen ?? 'none'} of them came out in ${end.service.name}: ${settlement.summary}.${because}${way}`,
      remedy ??
        `Look at the exporter of ${route.subject} towards ${end.service.name}, and at what ${end.service.name} says of refused writes.`,
    );
  }
  return { ok: true, probe, end };
}

/** What was accepted and may rightly be dropped on its way. */
export function absenceProvesNothing(why: string): Outcome {
  return kept(`accepted; on the way ${why}, so its absence proves nothing`);
}

function fail(message: string, remedy: string): Delivered {
  return { ok: false, outcome: broken({ message, remedy }) };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function asEvidence(delivery: SendResult) {
  return {
    kind: delivery.transport,
    asked: `push of ${delivery.sent} items to ${delivery.url}`,
    status: delivery.status,
    answer: delivery.message,
  } as const;
}
