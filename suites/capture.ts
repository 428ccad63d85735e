import type { Exchange } from '../helpers/clients/http-types.ts';
import type { Evidence } from '../schemas/results.ts';
import type { EvidenceCapture } from './evidence.ts';

const KEPT = 3;

/** A capture for one row. */
export function startCapture(_session?: unknown): EvidenceCapture {
  const pieces: Evidence[] = [];
  return {
    observer: (exchange: Exchange) => {
      pieces.push({
        kind: 'http',
        asked: `curl ${exchange.request.url}`,
        ...(exchange.response
          ? { status: exchange.response.status, answer: exchange.response.body.slice(0, 2000) }
          : { answer: exchange.error ?? '' }),
        at: new Date(exchange.startedAt).toISOString(),
      });
      if (pieces.length > 50) pieces.shift();
    },
    add: (evidence) => pieces.push(evidence),
    list: () => pieces.slice(-KEPT),
  };
}
