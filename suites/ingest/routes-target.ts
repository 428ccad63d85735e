import type { TelemetrySignal } from '../../helpers/telemetry/payload.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { probeKey } from '../push/route-probe.ts';
import { type IngestRoute, ingestRoutes } from '../push/routes.ts';
import type { RowTarget } from '../types.ts';

/** A row target that remembers its route. */
export interface RouteTarget extends RowTarget {
  readonly probeKey: string;
}

/** One row for each route of a signal: by receiver and by way of sending. */
export function routeTargets(stack: StackDefinition, signal: TelemetrySignal): readonly RouteTarget[] {
  return ingestRoutes(stack)
    .filter((route) => route.signal === signal)
    .map((route) => targetOf(route));
}

function targetOf(route: IngestRoute): RouteTarget {
  return {
    subject: route.subject,
    column: route.column,
    service: route.service,
    promise: route.promise,
    signal: route.signal,
    relies: route.ends.map(({ service }) => service.name),
    probeKey: probeKey(route),
  };
}

export function isRouteTarget(target: RowTarget): target is RouteTarget {
  return 'probeKey' in target;
}
