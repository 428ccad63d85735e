import { join, relative } from 'node:path';
import { rowKeyOf } from '../../schemas/results.ts';
import { readStack } from '../../stack/definition/read-stack.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import type { Driver } from '../../stack/drivers/types.ts';
import { clientOptionsFor } from '../access.ts';
import { pushEverything } from '../push/push.ts';
import { settleEverything } from '../push/settle.ts';
import { newSession, type WritableSession } from '../push/writable-session.ts';
import { allRequirements } from '../registry.ts';
import { Blockers, READY_ID } from '../runner/blockers.ts';
import { executeChecks } from '../runner/execute.ts';
import { type PlannedCheck, planChecks } from '../runner/plan.ts';
import { proveByDeed } from './by-deed.ts';
import { proveByMutation, readMutations } from './by-mutation.ts';
import { Proxies, proveByProxy } from './by-proxy.ts';
import { noDriver } from './no-driver.ts';
import type { Proof, ProofFile } from './proof.ts';

export interface ProveRequest {
  readonly root: string;
  readonly runId: string;
  readonly definition: StackDefinition;
  readonly driver: Driver;
  readonly say: (message: string) => void;
  /** One requirement alone, to look at its proof; nothing is complete then. */
  readonly only?: string;
}

/** Makes every row of a healthy stack fail that can be made to, and says which could not. */
export async function proveStack(request: ProveRequest): Promise<ProofFile> {
  const { definition, driver, runId, root, say } = request;
  const signal = new AbortController().signal;
  const stack = await driver.start(definition, { runId, scratch: '', progress: say, note: say, signal });
  const planned = planChecks(allRequirements(), definition, { full: false }).filter(({ skip }) => skip === undefined);
  const proofs = new Map<string, Proof>();
  const proved = new Set<string>();
  const alterations: Record<string, { tried: number; noticed: number }> = {};
  try {
    const session = newSession(runId, definition, stack);
    await bringUp(session, planned, say);
    const proxies = new Proxies();
    const through = await proxies.wrap(session, asked(session), (service) => urlOf(session, service));
    for (const check of planned) {
      const { id, after } = check.requirement;
      if (after === 'started' || (request.only !== undefined && id !== request.only)) continue;
      const { proof, tried, unhealthy } = await proveByProxy(check, through, proxies);
      for (const [name, counts] of Object.entries(tried)) {
        const sum = alterations[name] ?? { tried: 0, noticed: 0 };
        alterations[name] = sum;
        sum.tried += counts.tried;
        sum.noticed += counts.noticed;
      }
      say(
        `${rowKeyOf(check.row)}: ${proof ? `fails by ${proof.what.slice(0, 120)}` : (unhealthy ?? 'not made to fail by any answer')}`,
      );
      if (proof === undefined) continue;
      proved.add(rowKeyOf(check.row));
      if (!proofs.has(proof.id)) proofs.set(proof.id, proof);
    }
    await proxies.stop();
    for (const proof of await proveByDeed(planned, session)) {
      proved.add(proof.row);
      if (!proofs.has(proof.id)) proofs.set(proof.id, proof);
    }
  } finally {
    await stack.dispose();
  }
  const engines = stack.engines.map(({ engine, version }) => `${engine} ${version}`);
  for (const mutation of readMutations().filter(({ id }) => request.only === undefined || id === request.only)) {
    const proof = await proveByMutation(root, mutation, allRequirements(), mutation.start ? driver : noDriver);
    say(`${mutation.id} by ${mutation.in}: ${proof ? 'noticed' : 'NOT NOTICED'}`);
    if (proof === undefined) continue;
    proved.add(proof.row);
    if (!proofs.has(proof.id)) proofs.set(proof.id, proof);
  }
  for (const proof of await proveElsewhere(request)) {
    say(`${proof.row}: fails by ${proof.what}`);
    if (!proofs.has(proof.id)) proofs.set(proof.id, proof);
  }
  const keys = planned.map(({ row }) => rowKeyOf(row));
  return {
    schemaVersion: 1,
    madeAt: new Date().toISOString(),
    stack: relative(root, definition.directory),
    engines,
    rows: { tried: keys.length, proved: keys.filter((key) => proved.has(key)).length },
    alterations,
    proofs: [...proofs.values()].sort((one, other) => one.id.localeCompare(other.id)),
    unproved: allRequirements()
      .map(({ id }) => id)
      .filter((id) => !proofs.has(id)),
  };
}

/** Requirements that the shipped stack gives no occasion for, and the healthy stacks that do. */
const ELSEWHERE: readonly { readonly id: string; readonly stack: string }[] = [
  { id: 'SECURITY-TENANT-01', stack: 'testdata/multi-tenant-loki' },
  { id: 'SECURITY-AUTH-01', stack: 'testdata/agent-to-central' },
];

async function proveElsewhere({ root, runId, driver, say, only }: ProveRequest): Promise<readonly Proof[]> {
  const found: Proof[] = [];
  for (const { id, stack: directory } of ELSEWHERE) {
    if (only !== undefined && only !== id) continue;
    const definition = readStack(join(root, 'stack', directory));
    const stack = await driver.start(definition, {
      runId,
      scratch: '',
      progress: say,
      note: say,
      signal: new AbortController().signal,
    });
    try {
      const session = newSession(runId, definition, stack);
      const planned = planChecks(allRequirements(), definition, { full: false }).filter(
        ({ skip }) => skip === undefined,
      );
      const ready = planned.filter(({ requirement }) => requirement.id === READY_ID);
      await executeChecks(ready, session, new Blockers(), new AbortController().signal, () => {});
      const checks = planned.filter(({ requirement }) => requirement.id === id);
      const proxies = new Proxies();
      const subjects = checks.map(({ row }) => row.subject);
      const through = await proxies.wrap(session, subjects, (service) => urlOf(session, service));
      for (const check of checks) {
        const { proof } = await proveByProxy(check, through, proxies);
        if (proof) found.push(proof);
      }
      await proxies.stop();
    } finally {
      await stack.dispose();
    }
  }
  return found;
}

/** Ready, pushed and settled, as in a run. */
async function bringUp(
  session: WritableSession,
  planned: readonly PlannedCheck[],
  say: (message: string) => void,
): Promise<void> {
  const signal = new AbortController().signal;
  const blockers = new Blockers();
  const first = planned.filter(({ requirement }) => requirement.after === 'started');
  await executeChecks(first, session, blockers, signal, (row) => {
    if (row.verdict === 'fail') say(`${rowKeyOf(row)}: ${row.message}`);
  });
  await pushEverything(session, blockers, signal, say);
  await settleEverything(session, signal, say);
}

function asked(session: WritableSession): readonly string[] {
  return session.definition.services.filter(({ engine }) => engine !== undefined).map(({ name }) => name);
}

function urlOf(session: WritableSession, service: string): string {
  const definition = session.definition.services.find(({ name }) => name === service);
  if (definition === undefined) throw new Error(`There is no service ${service}.`);
  return clientOptionsFor({ definition: session.definition, stack: session.stack }, definition).baseUrl;
}
