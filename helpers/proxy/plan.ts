import type { AlterationName } from './alterations.ts';

/** What the proxy sees of a request. */
export interface ProxiedRequest {
  readonly method: string;
  /** With query string. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What becomes of an answer. */
export type Action = { readonly kind: 'alter'; readonly alteration: AlterationName; readonly seed: number } | Fault;

/** What an engine cannot be made to do. */
export type Fault =
  /** Half of the body, then the connection breaks off. */
  | { readonly kind: 'truncate' }
  /** Half of the body, well-formed HTTP. */
  | { readonly kind: 'cut-body' }
  /** The engine's status, a body that is not what it should be. */
  | { readonly kind: 'garbage' }
  /** The engine's answer, this much later. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Another status; upstream is not asked. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: string; readonly contentType?: string }
  /** The connection is reset; upstream is not asked. */
  | { readonly kind: 'reset' }
  /** Never answers, until the client goes away; upstream is not asked. */
  | { readonly kind: 'silence' };

/** Decides for each request; undefined lets the answer through untouched. */
export type Plan = (request: ProxiedRequest) => Action | undefined;

export interface Matching {
  /** A path prefix, or an expression on path and query string. */
  readonly path?: string | RegExp;
  readonly method?: string;
  /** Text that path, query string (decoded) or body contain: the query of one case, for example. */
  readonly containing?: string;
}

/** A plan that does the same to every request that matches: repeated attempts see the same altered answer. */
export function always(action: Action, matching: Matching = {}): Plan {
  return (request) => (matches(request, matching) ? action : undefined);
}

/** A plan that lets the first `after` matching requests through. */
export function onceSeen(action: Action, after: number, matching: Matching = {}): Plan {
  let seen = 0;
  return (request) => (matches(request, matching) && ++seen > after ? action : undefined);
}

function matches(request: ProxiedRequest, { path, method, containing }: Matching): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (typeof path === 'string' && !request.path.startsWith(path)) return false;
  if (path instanceof RegExp && !path.test(request.path)) return false;
  return containing === undefined || [decoded(request.path), decoded(request.body)].some((t) => t.includes(containing));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
