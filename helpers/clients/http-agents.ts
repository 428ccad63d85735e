import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

const MAX_SOCKETS = 32;

export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

const pools = new Map<string | undefined, Agents>();

/** Clients with the same CA share their connections, however many clients there are. */
export function agentsFor(ca: string | undefined): Agents {
  let agents = pools.get(ca);
  if (agents === undefined) {
    // axios sets a minute on each request's socket: any other time here would cost two system calls a request.
    const options = { keepAlive: true, keepAliveMsecs: 60_000, maxSockets: MAX_SOCKETS };
    agents = {
      httpAgent: new HttpAgent(options),
      httpsAgent: new HttpsAgent(ca === undefined ? options : { ...options, ca }),
    };
    pools.set(ca, agents);
  }
  return agents;
}
