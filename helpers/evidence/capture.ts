import type { Evidence } from '../../schemas/results.ts';
import type { Exchange, Observer } from '../clients/http-types.ts';
import { curlLine } from './curl-line.ts';
import { cut } from './cut.ts';
import { redact } from './redact.ts';

export interface CaptureOptions {
  /** Values that must not appear in results: passwords, tokens, keys. Read anew at each use. */
  readonly secrets?: readonly string[];
  /** Only the last so many exchanges are kept; 20 unless set. */
  readonly keep?: number;
}

/** Collects what was asked and what came back while a check runs. */
export interface Capture {
  /** Hand this to a client. */
  readonly observer: Observer;
  /** Redacted and cut to a readable size, oldest first. Repeated attempts of the same request count once, the last. */
  evidence(): readonly Evidence[];
  /** Only the last exchange; empty where there was none. */
  last(): readonly Evidence[];
}

export function capture(options: CaptureOptions = {}): Capture {
  const { secrets = [], keep = 20 } = options;
  const exchanges = new Map<string, Exchange>();
  return {
    observer(exchange) {
      const { method, url, body } = exchange.request;
      const key = `${method} ${url} ${typeof body === 'string' ? body : (body?.length ?? '')}`;
      exchanges.delete(key);
      exchanges.set(key, exchange);
      const [oldest] = exchanges.keys();
      if (exchanges.size > keep && oldest !== undefined) exchanges.delete(oldest);
    },
    evidence: () => [...exchanges.values()].map((exchange) => httpEvidence(exchange, secrets)),
    last: () => [...exchanges.values()].slice(-1).map((exchange) => httpEvidence(exchange, secrets)),
  };
}

/** One exchange as evidence. */
export function httpEvidence(exchange: Exchange, secrets: readonly string[] = []): Evidence {
  const { request, response, error, startedAt } = exchange;
  return {
    kind: 'http',
    asked: curlLine(request, secrets),
    ...(response === undefined ? {} : { status: response.status }),
    // Redaction comes before the cut: half a secret is not recognised any more.
    answer: cut(redact(response?.body ?? error ?? '', secrets)),
    at: new Date(startedAt).toISOString(),
  };
}
