import { Agent as HttpAgent } from 'node:http';
import { type AgentOptions, Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError } from 'axios';
import { excerpt, failureOf, SendError } from './errors.ts';
import { DEFAULT_TIMEOUT_MS, type PushAuth, type PushEndpoint, type PushTls, type SendOptions } from './types.ts';

/** An HTTP answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Uint8Array;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly durationMs: number;
}

export interface HttpRequest {
  readonly method?: 'POST' | 'PUT';
  readonly endpoint: PushEndpoint;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One request over a kept-alive connection. No proxy from the environment, no redirects: what answers is what was asked.
 *
 * @throws SendError where no complete answer came.
 */
export async function request(asked: HttpRequest, options: SendOptions = {}): Promise<HttpAnswer> {
  const { endpoint } = asked;
  const deadline = AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  const startedAt = performance.now();
  try {
    const answer = await axios.request<Buffer>({
      method: asked.method ?? 'POST',
      url: endpoint.url,
      data: Buffer.from(asked.body.buffer, asked.body.byteOffset, asked.body.byteLength),
      headers: { ...asked.headers, ...identityHeaders(endpoint) },
      responseType: 'arraybuffer',
      transformRequest: [],
      transformResponse: [],
      validateStatus: () => true,
      maxRedirects: 0,
      maxBodyLength: Number.POSITIVE_INFINITY,
      proxy: false,
      signal,
      httpAgent: plainAgent,
      httpsAgent: tlsAgent(endpoint.tls),
    });
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(answer.headers)) headers[name.toLowerCase()] = String(value);
    return { status: answer.status, body: answer.data, headers, durationMs: performance.now() - startedAt };
  } catch (error) {
    throw sendErrorOf(error, endpoint.url, {
      deadline,
      ...(options.signal === undefined ? {} : { caller: options.signal }),
    });
  }
}

/** Headers that say who pushes: the endpoint's own, tenant, credentials. */
export function identityHeaders(endpoint: PushEndpoint): Record<string, string> {
  return {
    ...endpoint.headers,
    ...(endpoint.tenant === undefined ? {} : { 'X-Scope-OrgID': endpoint.tenant }),
    ...(endpoint.auth === undefined ? {} : { Authorization: authorization(endpoint.auth) }),
  };
}

function authorization(auth: PushAuth): string {
  if (auth.kind === 'bearer') return `Bearer ${auth.token}`;
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
}

const plainAgent = new HttpAgent({ keepAlive: true, maxSockets: 32 });
const tlsAgents = new Map<string, HttpsAgent>();

/** TLS settings as Node's own modules take them. */
export function tlsOptions(tls: PushTls | undefined): AgentOptions {
  if (tls === undefined) return {};
  return {
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
    ...(tls.skipVerify === true ? { rejectUnauthorized: false } : {}),
  };
}

function tlsAgent(tls: PushTls | undefined): HttpsAgent {
  const key = JSON.stringify(tls ?? {});
  const agent = tlsAgents.get(key) ?? new HttpsAgent({ keepAlive: true, maxSockets: 32, ...tlsOptions(tls) });
  tlsAgents.set(key, agent);
  return agent;
}

/** Closes kept-alive connections; the next push opens new ones. */
export function closeHttp(): void {
  plainAgent.destroy();
  for (const agent of tlsAgents.values()) agent.destroy();
  tlsAgents.clear();
}

/** What a failed request means: called off, too slow, or cut by the system. */
export function sendErrorOf(
  error: unknown,
  url: string,
  signals: { readonly deadline: AbortSignal; readonly caller?: AbortSignal },
): SendError {
  const code = isAxiosError(error) ? error.code : undefined;
  const detail = excerpt(error instanceof Error ? error.message || (code ?? error.name) : String(error), 300);
  const common = { url, detail, cause: error, ...(code === undefined ? {} : { code }) };
  if (signals.caller?.aborted === true) return new SendError({ ...common, failure: 'aborted' });
  if (signals.deadline.aborted) return new SendError({ ...common, failure: 'deadline' });
  const status = isAxiosError(error) ? error.response?.status : undefined;
  return new SendError({ ...common, failure: failureOf(code, detail), ...(status === undefined ? {} : { status }) });
}

export function textOfBody(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
