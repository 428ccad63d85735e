import * as grpc from '@grpc/grpc-js';
import { otlpProtobuf } from '../otlp/encode.ts';
import { decodeProtobufResponse } from '../otlp/response.ts';
import { countOf, type Payload, type TelemetrySignal } from '../payload.ts';
import { excerpt, failureOf, SendError } from './errors.ts';
import { identityHeaders } from './http.ts';
import {
  DEFAULT_TIMEOUT_MS,
  type PushEndpoint,
  type PushTls,
  type Sender,
  type SendOptions,
  type SendResult,
} from './types.ts';

const METHOD: Readonly<Record<TelemetrySignal, string>> = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
};

/**
 * OTLP over gRPC.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
 */
export function otlpGrpcSender(compression: 'none' | 'gzip'): Sender {
  return {
    name: compression === 'none' ? 'otlp-grpc' : 'otlp-grpc+gzip',
    protocol: 'otlp-grpc',
    compression,
    signals: ['traces', 'metrics', 'logs'],
    defaultPath: () => '',
    send: (endpoint, payload, options) => sendGrpc(endpoint, payload, compression, options ?? {}),
  };
}

async function sendGrpc(
  endpoint: PushEndpoint,
  payload: Payload,
  compression: 'none' | 'gzip',
  options: SendOptions,
): Promise<SendResult> {
  const client = clientOf(endpoint, compression);
  const body = Buffer.from(otlpProtobuf(payload));
  const startedAt = performance.now();
  const answer = await call(client, METHOD[payload.signal], body, endpoint, options);
  const sent = countOf(payload);
  const common = { transport: 'grpc', sent, url: endpoint.url, durationMs: performance.now() - startedAt } as const;
  if (!(answer instanceof Uint8Array)) {
    return {
      ...common,
      accepted: false,
      status: answer.code,
      rejected: sent,
      message: excerpt(answer.details),
      retryable: RETRYABLE.has(answer.code),
    };
  }
  const partial = decodeProtobufResponse(payload.signal, answer);
  const { rejected, message } = partial;
  return { ...common, accepted: rejected === 0, status: 0, rejected, message: excerpt(message), retryable: false };
}

/** Statuses that OTLP says may be sent again. RESOURCE_EXHAUSTED counts only with retry information, so it is left out. */
const RETRYABLE: ReadonlySet<grpc.status> = new Set([
  grpc.status.CANCELLED,
  grpc.status.DEADLINE_EXCEEDED,
  grpc.status.ABORTED,
  grpc.status.OUT_OF_RANGE,
  grpc.status.UNAVAILABLE,
  grpc.status.DATA_LOSS,
]);

function call(
  client: grpc.Client,
  method: string,
  body: Buffer,
  endpoint: PushEndpoint,
  options: SendOptions,
): Promise<Uint8Array | grpc.ServiceError> {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(identityHeaders(endpoint))) metadata.set(name, value);
  return new Promise((resolve, reject) => {
    const asIs = (bytes: Buffer): Buffer => bytes;
    const deadline = Date.now() + (options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    let answered = false;
    const running = client.makeUnaryRequest(method, asIs, asIs, body, metadata, { deadline }, (error, answer) => {
      options.signal?.removeEventListener('abort', cancel);
      if (error === null) resolve(answer ?? new Uint8Array());
      // Without a word from the other side the status was made up by the library.
      else if (answered || !isLocal(error)) resolve(error);
      else reject(sendErrorOf(error, endpoint.url, options.signal));
    });
    const cancel = (): void => running.cancel();
    running.on('metadata', () => {
      answered = true;
    });
    options.signal?.addEventListener('abort', cancel, { once: true });
    if (options.signal?.aborted === true) cancel();
  });
}

/** True: grpc-js made the status itself. One that came over the wire has at least the headers of the answer. */
function isLocal(error: grpc.ServiceError): boolean {
  const local = [grpc.status.UNAVAILABLE, grpc.status.DEADLINE_EXCEEDED, grpc.status.CANCELLED, grpc.status.INTERNAL];
  return local.includes(error.code) && Object.keys(error.metadata.getMap()).length === 0;
}

function sendErrorOf(error: grpc.ServiceError, url: string, caller: AbortSignal | undefined): SendError {
  const code = grpc.status[error.code];
  const common = { url, detail: excerpt(error.details, 300), code, cause: error };
  if (caller?.aborted === true) return new SendError({ ...common, failure: 'aborted' });
  if (error.code === grpc.status.DEADLINE_EXCEEDED) return new SendError({ ...common, failure: 'deadline' });
  return new SendError({ ...common, failure: failureOf(undefined, error.details) });
}

const clients = new Map<string, grpc.Client>();

function clientOf(endpoint: PushEndpoint, compression: 'none' | 'gzip'): grpc.Client {
  const key = JSON.stringify([endpoint.url, endpoint.tls ?? {}, compression]);
  const known = clients.get(key);
  if (known !== undefined) return known;
  const url = new URL(endpoint.url.includes('://') ? endpoint.url : `http://${endpoint.url}`);
  const secure = url.protocol === 'https:' || url.protocol === 'grpcs:';
  const port = url.port === '' ? (secure ? '443' : '80') : url.port;
  const client = new grpc.Client(
    `${url.hostname}:${port}`,
    secure ? credentials(endpoint.tls) : grpc.credentials.createInsecure(),
    {
      'grpc.default_compression_algorithm':
        compression === 'gzip' ? grpc.compressionAlgorithms.gzip : grpc.compressionAlgorithms.identity,
      'grpc.enable_http_proxy': 0,
      ...(endpoint.tls?.serverName === undefined
        ? {}
        : {
            'grpc.ssl_target_name_override': endpoint.tls.serverName,
            'grpc.default_authority': endpoint.tls.serverName,
          }),
    },
  );
  clients.set(key, client);
  return client;
}

function credentials(tls: PushTls | undefined): grpc.ChannelCredentials {
  const pem = (text: string | undefined): Buffer | null => (text === undefined ? null : Buffer.from(text));
  return grpc.credentials.createSsl(pem(tls?.ca), pem(tls?.key), pem(tls?.certificate), {
    rejectUnauthorized: tls?.skipVerify !== true,
    ...(tls?.skipVerify === true ? { checkServerIdentity: () => undefined } : {}),
  });
}

/** Closes every channel; the next push opens new ones. */
export function closeGrpc(): void {
  for (const client of clients.values()) client.close();
  clients.clear();
}
