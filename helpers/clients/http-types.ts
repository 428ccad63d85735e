/** Credentials as a gateway or `telltale.yaml` gives them. */
export type Auth =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** What every client takes. */
export interface ClientOptions {
  /** With or without a path prefix; `user:password@` in it becomes basic auth and leaves the URL. */
  readonly baseUrl: string;
  /** Sent as `X-Scope-OrgID`. */
  readonly tenant?: string;
  readonly auth?: Auth;
  /** PEM text of the certificate authority to trust in place of the system's. */
  readonly ca?: string;
  /** The name to be certified, where it is not the host of the URL. */
  readonly serverName?: string;
  /** Any certificate will do. */
  readonly skipVerify?: boolean;
  /** For the whole exchange, body included; 10 s unless set. */
  readonly timeoutMs?: number;
  /** Sees each exchange, also those that failed. Unredacted: hand it to `helpers/evidence` only. */
  readonly observer?: Observer;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Larger answers are a `TransportError`; 64 MiB unless set. */
  readonly maxResponseBytes?: number;
}

export type Observer = (exchange: Exchange) => void;

/** One request and what became of it. */
export interface Exchange {
  readonly request: SentRequest;
  readonly response?: { readonly status: number; readonly headers: Headers; readonly body: string };
  /** Present where no complete answer came back. */
  readonly error?: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
}

/** A request as it went out, credentials included. */
export interface SentRequest {
  readonly method: Method;
  readonly url: string;
  readonly headers: Headers;
  readonly body?: string | Uint8Array;
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
/** Names in lower case in answers, as written in requests. */
export type Headers = Readonly<Record<string, string>>;
export type QueryValue = string | number | bigint | boolean | readonly string[] | undefined;

export interface HttpRequest {
  readonly method?: Method;
  /** Begins with a slash; appended to the base URL. */
  readonly path: string;
  /** Undefined values are left out, lists are repeated. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Sent as `application/x-www-form-urlencoded`, in place of `body`. */
  readonly form?: Readonly<Record<string, QueryValue>>;
  /** Sent as `application/json`, in place of `body`. */
  readonly json?: unknown;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly request: SentRequest;
  readonly status: number;
  readonly headers: Headers;
  /** UTF-8 text. */
  readonly body: string;
  readonly durationMs: number;
}
