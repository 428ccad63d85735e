import type { ClientOptions } from '../helpers/clients/http-types.ts';
import type { Evidence, Level, Verdict } from '../schemas/results.ts';
import type { FeatureName } from '../stack/definition/facts.ts';
import type { PromiseKind, StackPromise } from '../stack/definition/promise.ts';
import type { EngineName, ServiceDefinition, Signal, StackDefinition } from '../stack/definition/types.ts';
import type { RunningStack } from '../stack/drivers/types.ts';
import type { EvidenceCapture } from './evidence.ts';
import type { Session } from './session.ts';

/** What a check found. `pass`, `fail` and so on are given by the runner from this and the requirement's level. */
export type Outcome =
  | { readonly kind: 'kept'; readonly evidence?: readonly Evidence[]; readonly note?: string }
  | { readonly kind: 'broken'; readonly finding: BrokenPromise }
  /** The engine was *seen* to lack it. */
  | { readonly kind: 'unsupported'; readonly why: string; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'not-applicable'; readonly why: string }
  /** Cannot be told because of another row or an engine that cannot be had. */
  | { readonly kind: 'blocked'; readonly by: string; readonly why: string; readonly remedy?: string }
  /** Telltale or the machine is wrong. */
  | { readonly kind: 'error'; readonly why: string; readonly remedy?: string; readonly evidence?: readonly Evidence[] };

export interface BrokenPromise {
  /** What is wrong, in one or two sentences that name the datum. */
  readonly message: string;
  readonly expected?: string;
  readonly got?: string;
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
}

export type Area =
  | 'readiness'
  | 'config'
  | 'ingest'
  | 'promql'
  | 'logql'
  | 'traceql'
  | 'correlation'
  | 'profiles'
  | 'retention'
  | 'persistence'
  | 'limits'
  | 'resilience'
  | 'security'
  | 'grafana'
  | 'self-monitoring'
  | 'performance'
  | 'upgrade';

/** One testable sentence. */
export interface Requirement {
  /** Stable: `LOKI-RETENTION-01`. */
  readonly id: string;
  readonly level: Level;
  readonly area: Area;
  readonly title: string;
  readonly because: string;
  /** Documentation link. */
  readonly source: string;
  /** The promise it needs; a stack that makes none of this kind is `not-applicable`. */
  readonly promise?: PromiseKind;
  readonly needs?: readonly Need[];
  /** `plain`: in every run. `full`: with `--full`. */
  readonly when: 'plain' | 'full' | 'upgrade';
  /** Milliseconds that one row may take; 30 s unless set. */
  readonly deadlineMs?: number;
  /** Which of the run's phases it follows: `started` (nothing but processes), `ready`, `settled` (what was pushed is visible), `end` (all else is done). */
  readonly after: 'started' | 'ready' | 'settled' | 'end';
  /** Who is asked. Each target is one row. */
  targets(stack: StackDefinition): readonly RowTarget[];
  check(context: CheckContext, target: RowTarget): Promise<Outcome>;
}

/** A feature that a stack may rightly have off, or a range of versions. */
export type Need = { readonly feature: FeatureName } | { readonly engine: EngineName; readonly versions: string };

export interface RowTarget {
  readonly subject: string;
  readonly column: string;
  readonly service: ServiceDefinition;
  readonly promise?: StackPromise;
  readonly tenant?: string;
  readonly signal?: Signal;
  /** Other services that must be ready for this row to mean anything; it is `blocked` by theirs otherwise. */
  readonly relies?: readonly string[];
}

/** What a check may use. It never sees who runs it. */
export interface CheckContext {
  readonly session: Session;
  readonly definition: StackDefinition;
  readonly stack: RunningStack;
  /** What was asked and answered so far in this row; clients made with `clientOptions` fill it. */
  readonly evidence: EvidenceCapture;
  /**
   * How to reach a service's HTTP API: address, tenant, credentials and CA, with this row's evidence capture.
   * @throws BlockedError where the service is not there or its credentials are not to be had.
   */
  clientOptions(
    service: ServiceDefinition,
    options?: { readonly port?: number; readonly tenant?: string },
  ): ClientOptions;
  /** Aborts at Ctrl-C and at the row's own deadline. */
  readonly signal: AbortSignal;
}

/** How the runner turns an outcome into a verdict. */
export function verdictOf(outcome: Outcome, level: Level): Verdict {
  switch (outcome.kind) {
    case 'kept':
      return 'pass';
    case 'broken':
      return level === 'MUST' ? 'fail' : 'warn';
    default:
      return outcome.kind;
  }
}
