import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { sleep } from '../waiting/sleep.ts';
import { type AlterationRecord, alter } from './alterations.ts';
import type { Action, Plan, ProxiedRequest } from './plan.ts';

export interface ProxyOptions {
  /** Base URL of the engine; a path prefix is kept. */
  readonly upstream: string;
  /** Lets everything through unless set. */
  readonly plan?: Plan;
  /** Sees every exchange, as the client got it: for sniffing. */
  readonly onExchange?: (exchange: ProxiedExchange) => void;
  /** PEM text, for an upstream with a certificate of its own. */
  readonly ca?: string;
}

export interface ProxiedExchange {
  readonly request: ProxiedRequest;
  /** Undefined where the connection was broken off on purpose. */
  readonly status?: number;
  readonly body?: string;
  /** What the engine said, where that is not `body`. */
  readonly original?: string;
  readonly action?: Action;
}

export interface AppliedAlteration extends AlterationRecord {
  /** Of the request, with query string. */
  readonly request: string;
}

export interface AlteringProxy {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Every answer that was altered, in order. An answer without a datum of the kind is let through and not listed. */
  readonly altered: readonly AppliedAlteration[];
  /** Replaces the plan and forgets what was altered. */
  setPlan(plan: Plan | undefined): void;
  stop(): Promise<void>;
}

/**
 * An HTTP reverse proxy on a free loopback port that can alter one datum of an answer (`alterations.ts`), which stays a
 * valid 200, or do to the connection what an engine cannot be made to do.
 */
export async function startAlteringProxy(options: ProxyOptions): Promise<AlteringProxy> {
  const upstream = new Upstream(options);
  const altered: AppliedAlteration[] = [];
  const stopping = new AbortController();
  let plan = options.plan;

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent || stopping.signal.aborted) response.destroy();
      else response.writeHead(502).end(`altering proxy: ${error instanceof Error ? error.message : error}`);
    });
  });

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await collect(incoming);
    const request: ProxiedRequest = {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      headers: flat(incoming.headers),
      body: bytes.toString('utf8'),
    };
    const action = plan?.(request);
    const note = (status?: number, body?: string, original?: string): void =>
      options.onExchange?.({
        request,
        ...(status === undefined ? {} : { status }),
        ...(body === undefined ? {} : { body }),
        ...(original === undefined || original === body ? {} : { original }),
        ...(action === undefined ? {} : { action }),
      });
    const send = (status: number, headers: Readonly<Record<string, string>>, body: Buffer, original?: Buffer): void => {
      note(status, body.toString('utf8'), original?.toString('utf8'));
      response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
    };

    switch (action?.kind) {
      case 'reset':
        note();
        incoming.socket.resetAndDestroy();
        return;
      case 'silence':
        note();
        return;
      case 'status':
        send(action.status, { 'content-type': action.contentType ?? 'text/plain' }, Buffer.from(action.body ?? ''));
        return;
      case 'slow':
        await sleep(action.delayMs, stopping.signal);
    }

    const answer = await upstream.ask(request, bytes);
    switch (action?.kind) {
      case 'alter': {
        const result =
          answer.status === 200 ? alter(answer.body.toString('utf8'), action.alteration, action.seed) : undefined;
        if (result !== undefined) altered.push({ ...result.record, request: request.path });
        const body = result === undefined ? answer.body : Buffer.from(result.body);
        send(answer.status, answer.headers, body, answer.body);
        return;
      }
      case 'cut-body':
        send(answer.status, answer.headers, answer.body.subarray(0, Math.floor(answer.body.length / 2)), answer.body);
        return;
      case 'garbage':
        send(
          answer.status,
          answer.headers,
          Buffer.from('\u0000\u0001<html>this is not what you asked for'),
          answer.body,
        );
        return;
      case 'truncate': {
        note();
        response.writeHead(answer.status, { ...answer.headers, 'content-length': Math.max(2, answer.body.length) });
        response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => response.destroy());
        return;
      }
      default:
        send(answer.status, answer.headers, answer.body);
    }
  }

  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    altered,
    setPlan(next) {
      plan = next;
      altered.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        stopping.abort(new Error('the altering proxy was stopped'));
        server.close(() => resolve());
        server.closeAllConnections();
        upstream.close();
      }),
  };
}

interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Between one hop and the next, or set anew: not handed on. */
const NOT_HANDED_ON = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'host',
  'accept-encoding',
]);

class Upstream {
  readonly #base: URL;
  readonly #agent: Agent;
  readonly #ca: string | undefined;

  constructor(options: ProxyOptions) {
    this.#base = new URL(options.upstream);
    const pool = { keepAlive: true, maxSockets: 32 };
    this.#agent = this.#base.protocol === 'https:' ? new HttpsAgent(pool) : new Agent(pool);
    this.#ca = options.ca;
  }

  ask(request: ProxiedRequest, body: Buffer): Promise<UpstreamAnswer> {
    const send = this.#base.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing = send(
        {
          protocol: this.#base.protocol,
          hostname: this.#base.hostname,
          port: this.#base.port,
          method: request.method,
          path: this.#base.pathname.replace(/\/$/, '') + request.path,
          headers: { ...handedOn(request.headers), ...(body.length > 0 ? { 'content-length': body.length } : {}) },
          agent: this.#agent,
          ...(this.#ca === undefined ? {} : { ca: this.#ca }),
        },
        (answer) => {
          collect(answer).then(
            (bytes) =>
              resolve({ status: answer.statusCode ?? 502, headers: handedOn(flat(answer.headers)), body: bytes }),
            reject,
          );
        },
      );
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function handedOn(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_HANDED_ON.has(name)));
}

function flat(headers: IncomingMessage['headers']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

function collect(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => resolve(Buffer.concat(chunks)));
    stream.once('error', reject);
  });
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
      else reject(new Error('the altering proxy got no port on 127.0.0.1'));
    });
  });
}
