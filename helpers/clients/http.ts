import { agentsFor } from './http-agents.ts';
import { axiosSend } from './http-axios.ts';
import { asTransportError, HttpError } from './http-errors.ts';
import { isPlain, plainSend } from './http-plain.ts';
import type { RawAnswer, Send } from './http-send.ts';
import type { ClientOptions, Headers, HttpRequest, HttpResponse, QueryValue, SentRequest } from './http-types.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * HTTP as the engine clients need it: keep-alive, a deadline on the whole exchange, no proxies, no redirects, a cap on
 * the size of the answer. A status is an answer, never an exception; only a missing answer is.
 */
export class HttpClient {
  readonly baseUrl: string;
  readonly #options: ClientOptions;
  readonly #headers: Headers;
  readonly #general: Send;
  readonly #plain: Send | undefined;

  constructor(options: ClientOptions) {
    const { baseUrl, headers } = splitCredentials(options);
    const agents = agentsFor(options);
    this.baseUrl = baseUrl;
    this.#options = options;
    this.#headers = headers;
    this.#general = axiosSend(agents);
    this.#plain = plainSend(baseUrl, agents.httpAgent);
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
    const own = contentType === undefined ? request.headers : { 'Content-Type': contentType, ...request.headers };
    return {
      method: request.method ?? 'GET',
      url: `${this.baseUrl}${request.path}${query === '' ? '' : `?${query}`}`,
      headers: own === undefined ? this.#headers : { ...this.#headers, ...own },
      ...(body === undefined ? {} : { body }),
    };
  }

  async #send(sent: SentRequest, request: HttpRequest, isRetry = false): Promise<RawAnswer> {
    const send = this.#plain !== undefined && isPlain(sent, request.path) ? this.#plain : this.#general;
    try {
      return await send(sent, {
        timeoutMs: this.#timeoutOf(request),
        maxResponseBytes: this.#options.maxResponseBytes ?? DEFAULT_MAX_BYTES,
        signal: request.signal,
      });
    } catch (error) {
      // An idle connection that the server closed just as it was reused is no finding about the engine.
      if (!isRetry && sent.method === 'GET' && diedOnReuse(error)) return this.#send(sent, request, true);
      throw error;
    }
  }
}

/** `a=1&b=x%20y`; undefined values are left out, lists repeated. */
export function encodeQuery(query: Readonly<Record<string, QueryValue>> | undefined): string {
  let text = '';
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      text += `${text === '' ? '' : '&'}${encodeURIComponent(key)}=${encodeURIComponent(String(item))}`;
    }
  }
  return text;
}

function bodyOf(request: HttpRequest): [body: string | Uint8Array | undefined, contentType: string | undefined] {
  if (request.form !== undefined) return [encodeQuery(request.form), 'application/x-www-form-urlencoded'];
  if (request.json !== undefined) return [JSON.stringify(request.json), 'application/json'];
  return [request.body, undefined];
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

/** axios keeps Node's request on its error, the plain way says it itself. */
function diedOnReuse(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') return false;
  const from: unknown = 'request' in error ? error.request : error;
  return typeof from === 'object' && from !== null && 'reusedSocket' in from && from.reusedSocket === true;
}
