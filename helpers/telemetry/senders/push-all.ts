import { BATCH_SIZE, batches, type Payload } from '../payload.ts';
import type { PushEndpoint, Sender, SendOptions, SendResult } from './types.ts';

/** The sum of several requests. */
export interface PushSummary {
  readonly accepted: boolean;
  readonly sent: number;
  /** Undefined where a receiver refused some and did not say how many. */
  readonly rejected: number | undefined;
  readonly requests: number;
  readonly durationMs: number;
  /** Requests that were not wholly accepted, in the order sent. */
  readonly refusals: readonly SendResult[];
}

/**
 * Sends a payload in as many requests as it takes, one after the other, so that order is kept. A refusal does not stop
 * the rest.
 *
 * @throws SendError where a request got no answer.
 */
export async function pushAll(
  sender: Sender,
  endpoint: PushEndpoint,
  payload: Payload | Iterable<Payload>,
  options: SendOptions & { readonly batchSize?: number } = {},
): Promise<PushSummary> {
  const startedAt = performance.now();
  const requests = 'signal' in payload ? batches(payload, options.batchSize ?? BATCH_SIZE) : payload;
  const results: SendResult[] = [];
  for (const request of requests) results.push(await sender.send(endpoint, request, options));
  return summaryOf(results, performance.now() - startedAt);
}

function summaryOf(results: readonly SendResult[], durationMs: number): PushSummary {
  const refusals = results.filter((result) => !result.accepted);
  return {
    accepted: refusals.length === 0,
    sent: results.reduce((sum, result) => sum + result.sent, 0),
    rejected: results.reduce<number | undefined>(
      (sum, { rejected }) => (sum === undefined || rejected === undefined ? undefined : sum + rejected),
      0,
    ),
    requests: results.length,
    durationMs,
    refusals,
  };
}
