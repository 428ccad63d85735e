import { formatMs } from '../waiting/deadline.ts';
import { AnswerTooLarge, DeadlinePassed } from './http-send.ts';
import type { HttpResponse, Method, SentRequest } from './http-types.ts';

/** Why no complete answer came back. */
export type TransportFailure =
  | 'deadline'
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'name'
  | 'tls'
  | 'too-large'
  | 'interrupted'
  | 'other';

/** No complete HTTP answer: the connection, the name, TLS or the deadline failed. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly failure: TransportFailure;
  readonly method: Method;
  readonly url: string;
  readonly afterMs: number;

  constructor(
    failure: TransportFailure,
    request: { readonly method: Method; readonly url: string },
    afterMs: number,
    detail: string,
    options: { cause?: unknown } = {},
  ) {
    super(`${request.method} ${request.url} got no answer after ${formatMs(afterMs)}: ${detail}`, options);
    this.failure = failure;
    this.method = request.method;
    this.url = request.url;
    this.afterMs = afterMs;
  }
}

/** An answer with another status than the caller can use. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly method: Method;
  readonly url: string;
  readonly status: number;
  /** The engine's own words: the error fields of a JSON body, else the start of the text. */
  readonly words: string;
  /** Prometheus' `errorType` (`bad_data`, `execution`, `timeout`, …), where there is one. */
  readonly errorType: string | undefined;
  readonly response: HttpResponse;

  constructor(response: HttpResponse) {
    const { words, errorType } = engineWords(response.body);
    const { method, url } = response.request;
    super(`${method} ${url} answered ${response.status}: ${words === '' ? '(empty body)' : words}`);
    this.method = method;
    this.url = url;
    this.status = response.status;
    this.words = words;
    this.errorType = errorType;
    this.response = response;
  }
}

/** What a failed request means, whichever way it went. */
export function asTransportError(
  error: unknown,
  sent: SentRequest,
  afterMs: number,
  timeoutMs: number,
): TransportError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const said = error instanceof Error ? error.message : String(error);
  const of = (failure: TransportFailure, detail: string): TransportError =>
    new TransportError(failure, sent, afterMs, detail, { cause: error });
  if (error instanceof DeadlinePassed) return of('deadline', `its deadline is ${timeoutMs} ms`);
  if (error instanceof AnswerTooLarge) return of('too-large', said);
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

const EXCERPT = 600;

/** What an engine says in the body of an error, in the shapes that the engines use. */
export function engineWords(body: string): { readonly words: string; readonly errorType: string | undefined } {
  const json = parseOrUndefined(body);
  if (isObject(json)) {
    const said = ['error', 'message', 'errorMessage', 'msg', 'detail']
      .map((key) => json[key])
      .find((value) => typeof value === 'string' && value !== '');
    const errorType = typeof json.errorType === 'string' ? json.errorType : undefined;
    if (typeof said === 'string') return { words: excerpt(said), errorType };
  }
  return { words: excerpt(body), errorType: undefined };
}

function excerpt(text: string): string {
  const flat = text.trim().replace(/\s+/g, ' ');
  return flat.length <= EXCERPT ? flat : `${flat.slice(0, EXCERPT)}… (${text.length} characters in all)`;
}

function parseOrUndefined(body: string): unknown {
  if (!/^\s*\{/.test(body)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
