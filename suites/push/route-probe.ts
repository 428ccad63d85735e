import type { Probe } from '../../helpers/telemetry/probe/probe.ts';
import type { SendResult } from '../../helpers/telemetry/senders/types.ts';
import type { Settlement } from '../../helpers/waiting/settle-gate.ts';
import type { IngestRoute, RouteEnd } from './routes.ts';

/** What was pushed by one route, what the receiver said, and whether it came out. */
export interface RouteProbe {
  readonly route: IngestRoute;
  readonly probe: Probe;
  /** When it was sent, in milliseconds since the epoch. */
  sentAtMs?: number;
  /** Undefined before the push, or where it got no answer. */
  delivery?: SendResult;
  /** Why no answer came, as a sentence. */
  failure?: string;
  /** Why it was not sent at all: the row or engine to blame. */
  blocked?: { readonly by: string; readonly why: string; readonly remedy?: string };
  readonly settlements: Map<RouteEnd, Settlement>;
}

/** Routes differ by signal too: one receiver takes three of them by the same protocol. */
export function probeKey({ key, signal }: IngestRoute): string {
  return `${key} ${signal}`;
}

/** Whether it is worth waiting for: a receiver took all of it. */
export function probeWasAccepted({ delivery }: RouteProbe): boolean {
  return delivery?.accepted === true;
}
