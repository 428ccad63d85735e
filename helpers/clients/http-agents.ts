import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ClientOptions } from './http-types.ts';

const MAX_SOCKETS = 32;

export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/** What of a client's options decides whom it trusts. */
export type Trust = Pick<ClientOptions, 'ca' | 'serverName' | 'skipVerify'>;

const pools = new Map<string, Agents>();

/** Clients that trust alike share their connections, however many clients there are. */
export function agentsFor({ ca, serverName, skipVerify }: Trust): Agents {
  const key = `${skipVerify === true} ${serverName ?? ''} ${ca ?? ''}`;
  let agents = pools.get(key);
  if (agents === undefined) {
    // axios sets a minute on each request's socket: any other time here would cost two system calls a request.
    const options = { keepAlive: true, keepAliveMsecs: 60_000, maxSockets: MAX_SOCKETS };
    agents = {
      httpAgent: new HttpAgent(options),
      httpsAgent: new HttpsAgent({
        ...options,
        ...(ca === undefined ? {} : { ca }),
        ...(serverName === undefined ? {} : { servername: serverName }),
        ...(skipVerify === true ? { rejectUnauthorized: false } : {}),
      }),
    };
    pools.set(key, agents);
  }
  return agents;
}
