import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { HttpError, TransportError, type TransportFailure } from './http-errors.ts';
import type { ClientOptions, Headers, HttpRequest, HttpResponse, QueryValue, SentRequest } from './http-types.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const MAX_SOCKETS = 32;
const EVERY_REQUEST = { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'telltale' };

/** axios' adapter by itself: merging configurations and interceptors cost as much again as the request. */
const send = axios.getAdapter('http');

/**
 * HTTP as the engine clients need it: keep-alive, a deadline on the whole exchange, no proxies, no redirects, a cap on
 * the size of the answer. A status is an answer, never an exception; only a missing answer is.
 */
export class HttpClient {
  readonly baseUrl: string;
  readonly #options: ClientOptions;
  readonly #headers: Headers;
  readonly #config: Omit<InternalAxiosRequestConfig, 'headers'>;

  constructor(options: ClientOptions) {
    const { baseUrl, headers } = splitCredentials(options);
    this.baseUrl = baseUrl;
    this.#options = options;
    this.#headers = headers;
    this.#config = {
      ...axios.defaults,
      ...agentsFor(options.ca),
      proxy: false,
      maxRedirects: 0,
      responseType: 'arraybuffer',
      validateStatus: null,
      maxContentLength: options.maxResponseBytes ?? DEFAULT_MAX_BYTES,
      maxBodyLength: Number.POSITIVE_INFINITY,
    };
  }

  /** @throws TransportError when no complete answer came back; the reason of `request.signal` when that aborted. */
  async request(request: HttpRequest): Promise<HttpResponse> {
    const sent = this.#toSend(request);
    const startedAt = Date.now();
    const started = performance.now();
    const elapsed = (): number => Math.round(performance.now() - started);
    try {
      const { status, headers, body } = await this.#send(sent, request);
      const response = { request: sent, status, headers, body, durationMs: elapsed() };
      this.#options.observer?.({
        request: sent,
        response: { status, headers, body },
        startedAt,
        durationMs: elapsed(),
      });
      return response;
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      const failure = asTransportError(error, sent, elapsed(), this.#timeoutOf(request));
      this.#options.observer?.({ request: sent, error: failure.message, startedAt, durationMs: elapsed() });
      throw failure;
    }
  }

  /** Like `request`, for callers that can only use a 2xx. @throws HttpError on any other status. */
  async requestOk(request: HttpRequest): Promise<HttpResponse> {
    const response = await this.request(request);
    if (response.status < 200 || response.status > 299) throw new HttpError(response);
    return response;
  }

  #timeoutOf(request: HttpRequest): number {
    return request.timeoutMs ?? this.#options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  #toSend(request: HttpRequest): SentRequest {
    const query = encodeQuery(request.query);
    const [body, contentType] = bodyOf(request);
    return {
      method: request.method ?? 'GET',
      url: `${this.baseUrl}${request.path}${query === '' ? '' : `?${query}`}`,
      headers: {
        ...this.#headers,
        ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
        ...request.headers,
      },
      ...(body === undefined ? {} : { body }),
    };
  }

  async #send(sent: SentRequest, request: HttpRequest, isRetry = false): Promise<RawAnswer> {
    const deadline = AbortSignal.timeout(this.#timeoutOf(request));
    try {
      const answer = await send({
        ...this.#config,
        method: sent.method,
        url: sent.url,
        headers: new AxiosHeaders({ ...EVERY_REQUEST, ...sent.headers }),
        data: typeof sent.body === 'object' ? asBuffer(sent.body) : sent.body,
        signal: request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]),
      });
      const data: unknown = answer.data;
      const body = Buffer.isBuffer(data) ? data.toString('utf8') : '';
      return { status: answer.status, headers: flatHeaders(answer.headers), body };
    } catch (error) {
      if (deadline.aborted) throw deadline.reason;
      // An idle connection that the server closed just as it was reused is no finding about the engine.
      if (!isRetry && sent.method === 'GET' && diedOnReuse(error)) return this.#send(sent, request, true);
      throw error;
    }
  }
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** `a=1&b=x%20y`; undefined values are left out, lists repeated. */
export function encodeQuery(query: Readonly<Record<string, QueryValue>> | undefined): string {
  return Object.entries(query ?? {})
    .flatMap(([key, value]) =>
      Array.isArray(value)
        ? value.map((item): [string, QueryValue] => [key, item])
        : [[key, value] satisfies [string, QueryValue]],
    )
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join('&');
}

function bodyOf(request: HttpRequest): [body: string | Uint8Array | undefined, contentType: string | undefined] {
  if (request.form !== undefined) return [encodeQuery(request.form), 'application/x-www-form-urlencoded'];
  if (request.json !== undefined) return [JSON.stringify(request.json), 'application/json'];
  return [request.body, undefined];
}

/** The same bytes, not a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function splitCredentials(options: ClientOptions): { baseUrl: string; headers: Headers } {
  const url = new URL(options.baseUrl);
  const fromUrl =
    url.username === '' ? undefined : basic(decodeURIComponent(url.username), decodeURIComponent(url.password));
  url.username = '';
  url.password = '';
  const { auth, tenant } = options;
  const authorization =
    auth === undefined ? fromUrl : auth.kind === 'basic' ? basic(auth.username, auth.password) : `Bearer ${auth.token}`;
  return {
    baseUrl: url.href.replace(/\/+$/, ''),
    headers: {
      ...(tenant === undefined ? {} : { 'X-Scope-OrgID': tenant }),
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...options.headers,
    },
  };
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

const pools = new Map<string | undefined, Agents>();

/** Clients with the same CA share their connections, however many clients there are. */
function agentsFor(ca: string | undefined): Agents {
  let agents = pools.get(ca);
  if (agents === undefined) {
    const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
    agents = {
      httpAgent: new HttpAgent(options),
      httpsAgent: new HttpsAgent(ca === undefined ? options : { ...options, ca }),
    };
    pools.set(ca, agents);
  }
  return agents;
}

function flatHeaders(headers: object): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [
      key.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

function diedOnReuse(error: unknown): boolean {
  if (!(error instanceof AxiosError) || (error.code !== 'ECONNRESET' && error.code !== 'EPIPE')) return false;
  const request: unknown = error.request;
  return typeof request === 'object' && request !== null && 'reusedSocket' in request && request.reusedSocket === true;
}

function asTransportError(error: unknown, sent: SentRequest, afterMs: number, timeoutMs: number): TransportError {
  const code = error instanceof AxiosError ? error.code : undefined;
  const said = error instanceof Error ? error.message : String(error);
  const of = (failure: TransportFailure, detail: string): TransportError =>
    new TransportError(failure, sent, afterMs, detail, { cause: error });
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return of('deadline', `its deadline is ${timeoutMs} ms`);
  }
  if (said.includes('maxContentLength')) return of('too-large', said);
  switch (code) {
    case 'ECONNREFUSED':
      return of('refused', 'connection refused, nothing listens there');
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'ERR_BAD_RESPONSE':
      return of('reset', `the connection broke off (${said})`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return of('name', `the host name does not resolve (${code})`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return of('unreachable', `the host cannot be reached (${code})`);
    default:
      return of(/certificate|SSL|TLS|self.signed/i.test(`${code} ${said}`) ? 'tls' : 'other', said);
  }
}
