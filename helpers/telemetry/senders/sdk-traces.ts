import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { countOf, type Payload } from '../payload.ts';
import { excerpt, failureOf, SendError } from './errors.ts';
import { identityHeaders, tlsOptions } from './http.ts';
import { readableSpans } from './sdk-span.ts';
import { DEFAULT_TIMEOUT_MS, type PushEndpoint, type Sender, type SendOptions, type SendResult } from './types.ts';

/**
 * The real OpenTelemetry SDK for JavaScript: the story's spans through its own OTLP/HTTP exporter, retries included, so
 * that what an instrumented program meets is met here. `OTEL_EXPORTER_OTLP_HEADERS` is read by the exporter as well.
 *
 * @see https://www.npmjs.com/package/@opentelemetry/exporter-trace-otlp-http
 */
export function sdkTracesSender(): Sender {
  return {
    name: 'sdk-otlp-http',
    protocol: 'sdk-otlp-http',
    compression: 'none',
    signals: ['traces'],
    defaultPath: () => '/v1/traces',
    async send(endpoint: PushEndpoint, payload: Payload, options?: SendOptions): Promise<SendResult> {
      if (payload.signal !== 'traces')
        throw new RangeError(`The SDK's trace exporter takes traces, not ${payload.signal}.`);
      const timeoutMs = options?.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      const agent = agentOf(endpoint);
      const statuses = watchStatuses(agent);
      const exporter = new OTLPTraceExporter({
        url: endpoint.url,
        headers: identityHeaders(endpoint),
        timeoutMillis: timeoutMs,
        httpAgentOptions: () => agent,
      });
      const startedAt = performance.now();
      try {
        const spans = readableSpans(payload.resources, payload.spans);
        const failure = await called(options?.signal, endpoint.url, (done) => {
          exporter.export(spans, (result) =>
            done(result.code === 0 ? undefined : (result.error ?? new Error('no reason given'))),
          );
        });
        const durationMs = performance.now() - startedAt;
        const common = { transport: 'http', sent: countOf(payload), url: endpoint.url, durationMs } as const;
        if (failure === undefined) {
          return {
            ...common,
            accepted: true,
            status: statuses.last ?? 200,
            rejected: 0,
            message: '',
            retryable: false,
          };
        }
        return { ...common, ...refusal(failure, endpoint.url, { sent: common.sent, status: statuses.last }) };
      } finally {
        statuses.stop();
        await exporter.shutdown();
        agent.destroy();
      }
    },
  };
}

function called(
  signal: AbortSignal | undefined,
  url: string,
  start: (done: (failure: Error | undefined) => void) => void,
): Promise<Error | undefined> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new SendError({ url, failure: 'aborted', detail: String(signal?.reason) }));
    if (signal?.aborted === true) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    start((failure) => {
      signal?.removeEventListener('abort', abort);
      resolve(failure);
    });
  });
}

type Refusal = Pick<SendResult, 'accepted' | 'status' | 'rejected' | 'message' | 'retryable'>;

/**
 * After a refusal that may be sent again the exporter tries, gives up and drops status and words: the status is then
 * the one that was seen.
 *
 * @throws SendError where nothing answered.
 */
function refusal(failure: Error, url: string, seen: { sent: number; status: number | undefined }): Refusal {
  const code: unknown = Reflect.get(failure, 'code');
  const data: unknown = Reflect.get(failure, 'data');
  const status = typeof code === 'number' ? code : seen.status;
  if (status !== undefined) {
    const message = excerpt(typeof data === 'string' && data !== '' ? data : failure.message);
    return { accepted: false, status, rejected: seen.sent, message, retryable: typeof code !== 'number' };
  }
  const text = typeof code === 'string' ? code : undefined;
  throw new SendError({
    url,
    failure: failureOf(text, failure.message),
    detail: excerpt(failure.message || failure.name, 300),
    ...(text === undefined ? {} : { code: text }),
    cause: failure,
  });
}

function agentOf(endpoint: PushEndpoint): HttpAgent {
  return endpoint.url.startsWith('https:') ? new HttpsAgent(tlsOptions(endpoint.tls)) : new HttpAgent();
}

/** The exporter tells no status: Node's own channel does, for the requests of our agent. */
function watchStatuses(agent: HttpAgent): { readonly last: number | undefined; stop(): void } {
  let last: number | undefined;
  const onFinish = (message: unknown): void => {
    if (typeof message !== 'object' || message === null) return;
    const request: unknown = Reflect.get(message, 'request');
    const response: unknown = Reflect.get(message, 'response');
    if (
      request instanceof ClientRequest &&
      response instanceof IncomingMessage &&
      Reflect.get(request, 'agent') === agent
    ) {
      last = response.statusCode;
    }
  };
  subscribe(RESPONSES, onFinish);
  return {
    get last(): number | undefined {
      return last;
    },
    stop: () => unsubscribe(RESPONSES, onFinish),
  };
}

const RESPONSES = 'http.client.response.finish';
