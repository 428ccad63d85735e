import { rowKeyOf } from '../../schemas/results.ts';
import type { WritableSession } from '../push/writable-session.ts';
import { Blockers } from '../runner/blockers.ts';
import { executeOne } from '../runner/execute.ts';
import type { PlannedCheck } from '../runner/plan.ts';
import type { Proof } from './proof.ts';

/** What no answer and no file can show, done to the running stack; it is not healthy after that. */
interface Deed {
  readonly id: string;
  readonly what: string;
  readonly do: (session: WritableSession, service: string) => Promise<void>;
}

const DEEDS: readonly Deed[] = [
  { id: 'READY-03', what: 'the process is killed', do: (session, service) => session.stack.kill(service) },
];

/** Does each deed to one service and asks the requirement about it. */
export async function proveByDeed(
  planned: readonly PlannedCheck[],
  session: WritableSession,
): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (const { id, what, do: act } of DEEDS) {
    for (const check of planned.filter(({ requirement }) => requirement.id === id)) {
      await act(session, check.row.subject);
      const row = await executeOne(check, session, new Blockers(), new AbortController().signal);
      if (row?.verdict === 'fail') proofs.push({ id, by: 'deed', row: rowKeyOf(row), what, message: row.message });
    }
  }
  return proofs;
}
