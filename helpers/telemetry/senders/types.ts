import type { Payload, TelemetrySignal } from '../payload.ts';

/** Where to push. */
export interface PushEndpoint {
  /**
   * HTTP protocols: the full URL of the receiver for this signal (`http://loki:3100/otlp/v1/logs`), see {@link urlFor}.
   * gRPC: `http://host:port`, or `https://` for TLS; a path is not looked at.
   */
  readonly url: string;
  /** Sent with every request; gRPC sends them as metadata. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `X-Scope-OrgID`. */
  readonly tenant?: string;
  readonly auth?: PushAuth;
  readonly tls?: PushTls;
}

export type PushAuth =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

export interface PushTls {
  /** PEM; in place of the machine's own authorities. */
  readonly ca?: string;
  /** PEM, for receivers that ask for a client certificate. */
  readonly certificate?: string;
  readonly key?: string;
  /** The name to be certified, where it is not the URL's host. */
  readonly serverName?: string;
  readonly skipVerify?: boolean;
}

export interface SendOptions {
  /** Loki's push API only: lines go without what stands beside them, for a Loki that allows none. */
  readonly withoutStructuredMetadata?: boolean;
  /** For the whole request; 10,000 unless given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What a receiver made of a request. A refusal is a result: only where no answer came is an error thrown. */
export interface SendResult {
  /** True: everything was taken. */
  readonly accepted: boolean;
  /** HTTP status, or gRPC status code. */
  readonly status: number;
  readonly transport: 'http' | 'grpc';
  /** Spans, log records or data points in the request. */
  readonly sent: number;
  /** How many of them were not taken; undefined where the receiver refused some and does not say how many. */
  readonly rejected: number | undefined;
  /** The engine's own words, cut to a readable size; empty where it said nothing. */
  readonly message: string;
  /** True: the protocol says that sending the same again later may succeed. */
  readonly retryable: boolean;
  readonly url: string;
  readonly durationMs: number;
  /** Bytes of the body as it went over the wire; undefined where the sender cannot tell. */
  readonly bytes?: number;
}

export type PushProtocol =
  | 'otlp-grpc'
  | 'otlp-http-protobuf'
  | 'otlp-http-json'
  | 'loki-push-json'
  | 'loki-push-protobuf'
  | 'prometheus-remote-write'
  | 'prometheus-remote-write-2'
  | 'pushgateway'
  | 'sdk-otlp-http';

export type Compression = 'none' | 'gzip' | 'snappy';

/** One way to push. */
export interface Sender {
  /** Unique: the protocol, and the compression where it can be chosen: `otlp-http-json+gzip`. */
  readonly name: string;
  readonly protocol: PushProtocol;
  readonly compression: Compression;
  readonly signals: readonly TelemetrySignal[];
  /** The receiver's path by the protocol's own convention; empty for gRPC. */
  defaultPath(signal: TelemetrySignal): string;
  /**
   * One request; see `pushAll` for payloads of any size.
   * @throws SendError where no answer came, RangeError where the protocol cannot carry the payload's signal.
   */
  send(endpoint: PushEndpoint, payload: Payload, options?: SendOptions): Promise<SendResult>;
}

export const DEFAULT_TIMEOUT_MS = 10_000;

/** The receiver's URL for a signal: `base` and the protocol's own path, unless `base` has that path already. */
export function urlFor(base: string, sender: Sender, signal: TelemetrySignal): string {
  const path = sender.defaultPath(signal);
  const trimmed = base.replace(/\/+$/, '');
  return trimmed.endsWith(path) ? trimmed : `${trimmed}${path}`;
}
