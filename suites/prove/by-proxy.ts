import type { AlterationName } from '../../helpers/proxy/alterations.ts';
import { alterationsFor, answerKindOf } from '../../helpers/proxy/alterations.ts';
import { type AlteringProxy, type ProxiedExchange, startAlteringProxy } from '../../helpers/proxy/altering-proxy.ts';
import { namesDatum } from '../../helpers/proxy/names-datum.ts';
import { rowKeyOf } from '../../schemas/results.ts';
import type { WritableSession } from '../push/writable-session.ts';
import { Blockers } from '../runner/blockers.ts';
import { executeOne } from '../runner/execute.ts';
import type { PlannedCheck } from '../runner/plan.ts';
import type { Proof } from './proof.ts';

/** Data of one answer that are altered in turn, for each kind of alteration. */
const SEEDS = [0, 1, 2, 3, 5, 8];
const SLOW_MS = 2_000;

/** What came of altering the answers that one row asks for. */
export interface ProxyProof {
  readonly proof?: Proof;
  readonly tried: Readonly<Record<string, { tried: number; noticed: number }>>;
}

/** Proxies in front of every service that a session asks; they let everything through until told otherwise. */
export class Proxies {
  readonly #byUrl = new Map<string, AlteringProxy>();
  #seen: ProxiedExchange[] = [];

  /** A session whose clients go through the proxies. */
  async wrap(
    session: WritableSession,
    services: readonly string[],
    urlOf: (service: string) => string,
  ): Promise<WritableSession> {
    for (const service of services) {
      const upstream = urlOf(service);
      if (this.#byUrl.has(upstream)) continue;
      this.#byUrl.set(
        upstream,
        await startAlteringProxy({ upstream, onExchange: (exchange) => this.#seen.push(exchange) }),
      );
    }
    return { ...session, intercept: (_service, baseUrl) => this.#byUrl.get(baseUrl)?.url ?? baseUrl };
  }

  /** The exchanges since the last call. */
  take(): readonly ProxiedExchange[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }

  alter(path: string, alteration: AlterationName, seed: number): void {
    for (const proxy of this.#byUrl.values()) {
      proxy.setPlan((request) => (pathOnly(request.path) === path ? { kind: 'alter', alteration, seed } : undefined));
    }
  }

  letThrough(): void {
    for (const proxy of this.#byUrl.values()) proxy.setPlan(undefined);
  }

  altered() {
    return [...this.#byUrl.values()].flatMap(({ altered }) => altered);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#byUrl.values()].map((proxy) => proxy.stop()));
  }
}

/**
 * Asks a row again and again with one datum altered in what comes back. The verdict must turn, and the message must
 * name the datum.
 */
export async function proveByProxy(
  check: PlannedCheck,
  session: WritableSession,
  proxies: Proxies,
): Promise<ProxyProof> {
  const tried: Record<string, { tried: number; noticed: number }> = {};
  let proof: Proof | undefined;
  let slow = false;
  const ask = () => executeOne(check, session, new Blockers(), new AbortController().signal);
  proxies.letThrough();
  proxies.take();
  const baseline = await ask();
  if (baseline?.verdict !== 'pass') return { tried };
  const answers = new Map<string, string>();
  for (const { request, status, body } of proxies.take())
    if (status === 200 && body) answers.set(pathOnly(request.path), body);
  for (const [path, body] of answers) {
    for (const alteration of alterationsFor(answerKindOf(body))) {
      for (const seed of SEEDS) {
        // A row that waits for its datum takes its whole deadline to fail: one such proof is enough.
        if (slow && proof !== undefined) break;
        proxies.alter(path, alteration, seed);
        const started = performance.now();
        const row = await ask();
        slow ||= performance.now() - started > SLOW_MS;
        const [record] = proxies.altered();
        if (record === undefined || row === undefined) continue;
        const count = (tried[alteration] ??= { tried: 0, noticed: 0 });
        count.tried += 1;
        if (row.verdict !== 'fail' && row.verdict !== 'warn') continue;
        if (!namesDatum(record, `${row.message} ${row.expected ?? ''} ${row.got ?? ''}`)) continue;
        count.noticed += 1;
        proof ??= {
          id: check.requirement.id,
          by: 'proxy',
          row: rowKeyOf(check.row),
          what: `${alteration} at ${record.path} of ${path}: ${record.before || '(nothing)'} → ${record.after || '(nothing)'}`,
          message: row.message,
        };
      }
    }
  }
  proxies.letThrough();
  return { tried, ...(proof ? { proof } : {}) };
}

function pathOnly(path: string): string {
  return path.split('?')[0] ?? path;
}
