import { HttpClient } from '../../helpers/clients/http.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { pushEndpoint } from '../push/endpoint.ts';
import { type IngestRoute, ingestRoutes } from '../push/routes.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { RowTarget } from '../types.ts';

/** What no receiver can read, in the clothes of each protocol. */
const GARBAGE: Readonly<
  Record<string, { readonly contentType: string; readonly body: Uint8Array; readonly encoding?: string }>
> = {
  'otlp-http-protobuf': { contentType: 'application/x-protobuf', body: Buffer.from([0xff, 0xff, 0xff, 0x01, 0x02]) },
  'otlp-http-json': { contentType: 'application/json', body: Buffer.from('{"resourceLogs": [[[') },
  'loki-push-json': { contentType: 'application/json', body: Buffer.from('{"streams": [[[') },
  'prometheus-remote-write': {
    contentType: 'application/x-protobuf',
    body: Buffer.from('not snappy'),
    encoding: 'snappy',
  },
};

interface RefusalTarget extends RowTarget {
  readonly route: IngestRoute;
}

/** One row for each receiver that is spoken to over HTTP, signal and encoding. */
function refusalTargets(stack: StackDefinition): readonly RefusalTarget[] {
  return ingestRoutes(stack)
    .filter(({ column }) => column.split(' ')[0] !== undefined && (column.split(' ')[0] ?? '') in GARBAGE)
    .map((route) => ({
      subject: route.subject,
      column: `${route.column} ${route.signal}`,
      service: route.service,
      promise: route.promise,
      signal: route.signal,
      route,
    }));
}

/** https://opentelemetry.io/docs/specs/otlp/#failures-1: a request that cannot be decoded is a 400. */
const BAD_REQUEST = 400;

export const garbageIsRefused = requirement({
  id: 'INGEST-REFUSAL-01',
  level: 'MUST',
  area: 'ingest',
  title: 'A request that cannot be decoded is refused with 400',
  because: 'a sender that is told "accepted" throws its data away, and one that is told "later" sends it for ever',
  source: 'https://opentelemetry.io/docs/specs/otlp/#failures-1',
  when: 'plain',
  after: 'settled',
  targets: refusalTargets,
  async check(context, target) {
    const { route } = target as RefusalTarget;
    const garbage = GARBAGE[route.sender.name];
    if (garbage === undefined) return { kind: 'error', why: `There is no garbage for ${route.sender.name}.` };
    const { url } = pushEndpoint(context.session, route);
    const { origin, pathname } = new URL(url);
    const options = context.clientOptions(route.service, { port: route.listener.port });
    const client = new HttpClient({
      ...options,
      baseUrl: context.session.intercept?.(route.subject, origin) ?? origin,
    });
    const answer = await client.request({
      method: 'POST',
      path: pathname,
      headers: {
        'Content-Type': garbage.contentType,
        ...(garbage.encoding === undefined ? {} : { 'Content-Encoding': garbage.encoding }),
      },
      body: garbage.body,
    });
    if (answer.status === BAD_REQUEST) return kept(`refused with ${answer.status}`);
    return broken({
      message: `${target.subject} answered ${answer.status} to ${route.signal} by ${route.column} that nobody can decode${answer.body ? `: ${answer.body.slice(0, 200)}` : ''}.`,
      expected: String(BAD_REQUEST),
      got: String(answer.status),
      remedy:
        'Look for something in front of the receiver that answers in its place, and whether the route is enabled.',
      evidence: context.evidence.list(),
    });
  },
});
