import type { Position } from './position.ts';
import type { Signal } from './types.ts';

/**
 * What kinds of promise a stack's own files can make. Requirements name the kind that they test, so that a
 * requirement nobody relies on is `not-applicable` and one that somebody relies on never is.
 */
export type PromiseKind =
  /** The service is declared: it starts, stays up and answers. */
  | 'service.runs'
  /** The engine accepts the configuration that it is given. */
  | 'config.accepted'
  /** A sender relies on a receiver: host, port, path, protocol, TLS, tenant. */
  | 'route.push'
  /** A scraper relies on a target. */
  | 'route.scrape'
  /** A reader (data source, ruler) relies on a backend's API. */
  | 'route.query'
  /** An alerter relies on an Alertmanager. */
  | 'route.alert'
  /** An open receiver promises that what it takes arrives in a backend of that signal. */
  | 'ingest.metrics'
  | 'ingest.logs'
  | 'ingest.traces'
  | 'ingest.profiles'
  | 'retention.metrics'
  | 'retention.logs'
  | 'retention.traces'
  | 'retention.profiles'
  /** A declared volume promises that the data survive the container. */
  | 'persistence'
  | 'limit'
  | 'rule'
  | 'dashboard'
  | 'datasource.link'
  | 'tenant'
  | 'security';

/** Something that the stack's own files say will hold. An absent or switched-off enabling key never removes it. */
export interface StackPromise {
  /** Unique and stable in a stack: kind, subject, and what tells two of a kind apart. */
  readonly id: string;
  readonly kind: PromiseKind;
  /** The service of which it is asked. */
  readonly subject: string;
  /** Protocol, signal or path where a service makes several of a kind. */
  readonly column?: string;
  readonly signal?: Signal;
  readonly tenant?: string;
  /** The promise in one sentence. */
  readonly says: string;
  /** Who relies on it. */
  readonly madeBy: { readonly service: string; readonly at?: Position };
  /** What the files alone show: `open` needs a running stack to tell. */
  readonly state: 'open' | 'broken';
  /** For `broken`: what breaks it, where, and what to do. */
  readonly broken?: { readonly why: string; readonly at?: Position; readonly remedy: string };
  /** For tests that need the value promised: milliseconds, bytes, a label. */
  readonly value?: string | number;
  /** For pushes: the other end as the sender names it. */
  readonly counterpart?: string;
}
