import type { Finding } from '../position.ts';
import type { StackPromise } from '../promise.ts';

/** Said by readers of components that are defined and used by nobody. */
const UNUSED = /^(CONFIG-UNUSED|REF-ALLOY-UNUSED)$/;

/** What ends in a backend: if it is not used, somebody may believe that it is. */
const SENDER =
  /\bexporter (?!debug|logging|nop|file)|\b(otelcol\.exporter\.(?!debug|logging)|loki\.write|prometheus\.remote_write|pyroscope\.write)/;

/**
 * Leaves out what is defined and not used, where that harms nobody: people keep processors and debug exporters at hand.
 * It stays where something else is wrong in the same service, since it may be the reason, and for senders to backends.
 */
export function withoutIdle(findings: readonly Finding[], promises: readonly StackPromise[]): Finding[] {
  const troubled = new Set([
    ...findings.filter((finding) => finding.severity === 'error').map((finding) => finding.service),
    ...promises
      .filter((promise) => promise.state === 'broken')
      .flatMap((promise) => [promise.subject, promise.madeBy.service]),
  ]);
  return findings.filter(
    ({ id, message, service }) =>
      !UNUSED.test(id) || SENDER.test(message) || (service !== undefined && troubled.has(service)),
  );
}
