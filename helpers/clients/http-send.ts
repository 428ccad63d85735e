import type { Headers, SentRequest } from './http-types.ts';

/** An answer as it came off the wire, whatever its status. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface SendLimits {
  /** For the whole exchange, body included. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** One request, one answer. Rejects with the error of the socket, {@link DeadlinePassed} or {@link AnswerTooLarge}. */
export type Send = (sent: SentRequest, limits: SendLimits) => Promise<RawAnswer>;

/** Sent with every request, unless the request says otherwise. */
export const EVERY_REQUEST: Headers = { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'telltale' };

export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/** Header names in lower case, repeated ones joined. */
export function flatHeaders(headers: object): Headers {
  const flat: Record<string, string> = {};
  for (const [key, value] of Object.entries(headers)) {
    flat[key.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
  }
  return flat;
}
