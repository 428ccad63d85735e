import { capture } from '../helpers/evidence/capture.ts';
import { redact } from '../helpers/evidence/redact.ts';
import type { Evidence } from '../schemas/results.ts';
import type { EvidenceCapture } from './evidence.ts';
import { secretsOf } from './secrets.ts';
import type { Session } from './session.ts';

/** The last exchanges of a row: the one that decided comes last, and readers want few. */
const KEPT_EXCHANGES = 3;

/** A capture for one row; what it lists is redacted. */
export function startCapture(session: Pick<Session, 'definition'>): EvidenceCapture {
  const secrets = secretsOf(session.definition);
  const exchanges = capture({ secrets });
  const others: Evidence[] = [];
  return {
    observer: exchanges.observer,
    add: (evidence) => {
      others.push({
        ...evidence,
        asked: redact(evidence.asked, secrets),
        ...(evidence.answer === undefined ? {} : { answer: redact(evidence.answer, secrets) }),
      });
    },
    list: () => [...others, ...exchanges.evidence().slice(-KEPT_EXCHANGES)],
  };
}
