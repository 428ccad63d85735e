import { rowKeyOf } from '../../schemas/results.ts';
import type { ServiceDefinition } from '../../stack/definition/types.ts';
import type { RunningStack } from '../../stack/drivers/types.ts';
import type { RowTarget } from '../types.ts';
import { leftOutStore } from './left-out-stores.ts';

/** The requirement whose failure makes everything else about a service untellable. */
export const READY_ID = 'READY-01';
/** The requirement that notices a service which dies after it was ready. */
export const STAYS_UP_ID = 'READY-03';

export interface Blocker {
  readonly by: string;
  readonly why: string;
  readonly remedy?: string;
}

/** Which services cannot be asked anything, and the row or engine to blame. */
export class Blockers {
  readonly #byService = new Map<string, Blocker>();
  /** Services that this run cannot have at all. */
  readonly #missing = new Set<string>();
  readonly #watched: ReadonlySet<string>;

  /** @param watched services of which this run asks whether they stay up; only such a row can be blamed. */
  constructor(watched: Iterable<string> = []) {
    this.#watched = new Set(watched);
  }

  /** Services without an engine block from the beginning. */
  async collectMissing(stack: RunningStack): Promise<void> {
    for (const engine of stack.engines) {
      if (engine.missing === undefined) continue;
      this.#missing.add(engine.service);
      const { reason, remedy } = engine.missing;
      this.#byService.set(engine.service, { by: `${engine.engine} ${engine.version}`, why: reason, remedy });
    }
    const leftOut: ServiceDefinition[] = [];
    for (const service of stack.definition.services) {
      const state = await stack.state(service.name);
      if (state.status === 'left-out') leftOut.push(service);
      if (state.status !== 'left-out' || service.engine === undefined) continue;
      this.#missing.add(service.name);
      this.#byService.set(service.name, {
        by: `service ${service.name}`,
        why: state.reason ?? `${service.name} was left out of this run.`,
      });
    }
    for (const service of stack.definition.services) {
      const store = this.#missing.has(service.name) ? undefined : leftOutStore(service, leftOut);
      if (store === undefined) continue;
      this.#missing.add(service.name);
      this.#byService.set(service.name, {
        by: `service ${store}`,
        why: `${service.name} keeps its data in ${store}, which does not run in this run.`,
        remedy: 'Run with --driver compose, which starts it from its image.',
      });
    }
  }

  notReady(service: string, message: string): void {
    this.#byService.set(service, {
      by: rowKeyOf({ id: READY_ID, subject: service, column: '' }).trim(),
      why: `${service} never got ready: ${message}`,
    });
  }

  /** Notices services of the target that have gone since they were ready, to be blamed by `of` from now on. */
  async lookAfter(target: RowTarget, stack: RunningStack): Promise<void> {
    for (const service of servicesOf(target)) {
      if (!this.#watched.has(service) || this.#byService.has(service)) continue;
      const { status, exitCode } = await stack.state(service);
      if (status !== 'exited' && status !== 'restarting') continue;
      this.#byService.set(service, {
        by: staysUpRow(service),
        why: `${service} is gone: it was ready, and is ${status} with exit code ${exitCode ?? 'unknown'} now.`,
      });
    }
  }

  /** Whether a row is there that tells of the service's end. */
  watches(service: string): boolean {
    return this.#watched.has(service);
  }

  missing(service: string): Blocker | undefined {
    return this.#missing.has(service) ? this.#byService.get(service) : undefined;
  }

  /** What blocks a row about this target, if anything does. */
  of(target: RowTarget): Blocker | undefined {
    for (const service of servicesOf(target)) {
      const blocker = this.#byService.get(service);
      if (blocker) return blocker;
    }
    return undefined;
  }

  /** What kept the service from being up in the first place. */
  beforeReady(service: string): Blocker | undefined {
    const blocker = this.#byService.get(service);
    return blocker?.by === staysUpRow(service) ? undefined : blocker;
  }
}

/** The name of the row that a service's end is blamed on. */
export function staysUpRow(service: string): string {
  return rowKeyOf({ id: STAYS_UP_ID, subject: service, column: '' }).trim();
}

function servicesOf(target: RowTarget): readonly string[] {
  return [target.subject, target.service.name, ...(target.relies ?? [])];
}
