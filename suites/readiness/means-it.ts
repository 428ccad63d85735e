import type { StackDefinition } from '../../stack/definition/types.ts';
import { ingestRoutes } from '../push/routes.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { RowTarget } from '../types.ts';

/** Services that take telemetry: one row each. */
function receivers(stack: StackDefinition): readonly RowTarget[] {
  const services = new Map(ingestRoutes(stack).map(({ service }) => [service.name, service]));
  return [...services.values()].map((service) => ({ subject: service.name, column: '', service }));
}

/** Statuses that say "not now": HTTP 5xx and gRPC UNAVAILABLE, INTERNAL, UNKNOWN. */
function saysNotNow(transport: 'http' | 'grpc', status: number): boolean {
  return transport === 'http' ? status >= 500 || status === 429 : [2, 13, 14].includes(status);
}

export const readinessMeansIt = requirement({
  id: 'READY-02',
  level: 'MUST',
  area: 'readiness',
  title: 'A service that says ready takes the first telemetry that it is sent',
  because: 'a wrong ring or schema leaves an engine ready while it refuses every write',
  source: 'https://grafana.com/docs/loki/latest/reference/loki-http-api/#identify-ready-loki-instance',
  promise: 'service.runs',
  when: 'plain',
  after: 'settled',
  targets: receivers,
  async check(context, { subject }) {
    const sent = [...context.session.probes.values()].filter(({ route }) => route.subject === subject);
    const deliveries = sent.flatMap(({ delivery }) => (delivery ? [delivery] : []));
    if (deliveries.length === 0) {
      const failure = sent.find((probe) => probe.failure)?.failure ?? 'nothing could be sent';
      return broken({
        message: `${subject} said that it is ready, and none of ${sent.length} first pushes got an answer: ${failure}.`,
        remedy: 'Let its receivers listen where the stack says.',
      });
    }
    const refused = deliveries.filter(({ transport, status }) => saysNotNow(transport, status));
    const [first] = refused;
    if (first === undefined) return kept(`${deliveries.length} first pushes answered`);
    return broken({
      message: `${subject} said that it is ready, and answered ${refused.length} of ${deliveries.length} first pushes with ${first.status}${first.message ? `: ${first.message}` : ''}.`,
      expected: 'a first write that is taken',
      got: `status ${first.status} from ${first.url}`,
      remedy:
        'See its log around that moment; a ring without members and a schema that begins in the future are the usual causes.',
    });
  },
});
