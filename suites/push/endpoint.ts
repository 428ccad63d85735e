import { type PushEndpoint, urlFor } from '../../helpers/telemetry/senders/types.ts';
import { clientOptionsFor } from '../access.ts';
import type { Session } from '../session.ts';
import type { IngestRoute } from './routes.ts';

/**
 * Where and as whom a route is pushed to.
 * @throws BlockedError where the receiver has no address or its credentials are not to be had.
 */
export function pushEndpoint(session: Session, route: IngestRoute): PushEndpoint {
  const { listener, sender, signal, service } = route;
  const { baseUrl, tenant, auth, ca, serverName, skipVerify } = clientOptionsFor(session, service, {
    port: listener.port,
  });
  const origin = new URL(baseUrl).origin;
  const url = listener.protocol === 'otlp-grpc' ? origin : fullUrl(origin, route);
  return {
    url: url === '' ? urlFor(origin, sender, signal) : url,
    ...(tenant === undefined ? {} : { tenant }),
    ...(auth === undefined ? {} : { auth }),
    tls: {
      ...(ca === undefined ? {} : { ca }),
      ...(serverName === undefined ? {} : { serverName }),
      ...(skipVerify === undefined ? {} : { skipVerify }),
    },
  };
}

/** A listener's path is the receiver's full path, or the prefix before the protocol's own. */
function fullUrl(origin: string, { listener, sender, signal }: IngestRoute): string {
  const path = (listener.path ?? '').replace(/\/+$/, '');
  return urlFor(`${origin}${path}`, sender, signal);
}
