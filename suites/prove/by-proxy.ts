import type { AlterationName } from '../../helpers/proxy/alterations.ts';
import { alterationsFor, answerKindOf, candidatesOf } from '../../helpers/proxy/alterations.ts';
import { type AlteringProxy, type ProxiedExchange, startAlteringProxy } from '../../helpers/proxy/altering-proxy.ts';
import { namesDatum } from '../../helpers/proxy/names-datum.ts';
import { rowKeyOf } from '../../schemas/results.ts';
import type { WritableSession } from '../push/writable-session.ts';
import { Blockers } from '../runner/blockers.ts';
import { executeOne } from '../runner/execute.ts';
import type { PlannedCheck } from '../runner/plan.ts';
import type { Proof } from './proof.ts';

/** Data of one answer that are altered in turn, for each kind of alteration. */
const MOST_DATA = 12;
/** A row that asks for each trace has as many answers as traces: some of them stand for all. */
const MOST_ANSWERS = 4;
const ACCEPTED = 200;
/** A row that waits for its datum takes its whole deadline to fail: one such proof is enough. */
const SLOW_MS = 2_000;
/** Notices of one alteration after which a row need not be asked again. */
const ENOUGH = 3;

/** Which data of an answer to alter: all of a short one; of a long one those that the row is about, and some others. */
function seedsFor(body: string, alteration: AlterationName, { row }: PlannedCheck): readonly number[] {
  const data = candidatesOf(body, alteration);
  const all = [...data.keys()];
  if (all.length <= MOST_DATA) return all;
  const words = row.column
    .toLowerCase()
    .split(/[\s.]+/)
    .filter(({ length }) => length > 3);
  const about = all.filter((seed) =>
    words.some((word) => data[seed]?.path.toLowerCase().includes(word) || data[seed]?.names.includes(word)),
  );
  return [...new Set([...about.slice(0, MOST_DATA), ...all.slice(0, MOST_DATA / 2)])];
}

function short(text: string): string {
  return text === '' ? '(nothing)' : text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** What came of altering the answers that one row asks for. */
export interface ProxyProof {
  readonly proof?: Proof;
  readonly tried: Readonly<Record<string, { tried: number; noticed: number }>>;
  /** Why nothing was altered: the row did not pass to begin with. */
  readonly unhealthy?: string;
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

  answer(path: string, status: number): void {
    for (const proxy of this.#byUrl.values()) {
      proxy.setPlan((request) => (pathOnly(request.path) === path ? { kind: 'status', status } : undefined));
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
  if (baseline?.verdict !== 'pass') return { tried, unhealthy: `${baseline?.verdict}: ${baseline?.message}` };
  const answers = new Map<string, string>();
  const refusals = new Set<string>();
  for (const { request, status, body } of proxies.take()) {
    if (status === 200 && body) answers.set(pathOnly(request.path), body);
    if (status !== undefined && status >= 400) refusals.add(pathOnly(request.path));
  }
  for (const [path, body] of [...answers].slice(0, MOST_ANSWERS)) {
    for (const alteration of alterationsFor(answerKindOf(body))) {
      for (const seed of seedsFor(body, alteration, check)) {
        const count = tried[alteration] ?? { tried: 0, noticed: 0 };
        if ((slow && proof !== undefined) || count.noticed >= ENOUGH) break;
        proxies.alter(path, alteration, seed);
        const started = performance.now();
        const row = await ask();
        slow ||= performance.now() - started > SLOW_MS;
        const [record] = proxies.altered();
        if (record === undefined || row === undefined) continue;
        tried[alteration] = count;
        count.tried += 1;
        if (row.verdict !== 'fail' && row.verdict !== 'warn') continue;
        if (!namesDatum(record, `${row.message} ${row.expected ?? ''} ${row.got ?? ''}`)) continue;
        count.noticed += 1;
        proof ??= {
          id: check.requirement.id,
          by: 'proxy',
          row: rowKeyOf(check.row),
          what: `${alteration} at ${record.path} of ${path}: ${short(record.before)} → ${short(record.after)}`,
          message: row.message,
        };
      }
    }
  }
  for (const path of refusals) {
    proxies.answer(path, ACCEPTED);
    const row = await ask();
    const count = tried['accept-refused'] ?? { tried: 0, noticed: 0 };
    tried['accept-refused'] = count;
    count.tried += 1;
    if (row?.verdict !== 'fail' || !row.message.includes(String(ACCEPTED))) continue;
    count.noticed += 1;
    proof ??= {
      id: check.requirement.id,
      by: 'proxy',
      row: rowKeyOf(check.row),
      what: `what ${path} refuses is answered with ${ACCEPTED}`,
      message: row.message,
    };
  }
  proxies.letThrough();
  return { tried, ...(proof ? { proof } : {}) };
}

function pathOnly(path: string): string {
  return path.split('?')[0] ?? path;
}
