import { formatPosition } from '../../stack/definition/position.ts';
import type { PromiseKind, StackPromise } from '../../stack/definition/promise.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept } from '../requirement.ts';
import type { Outcome, RowTarget } from '../types.ts';

/** One row for each promise of these kinds. */
export function promiseTargets(stack: StackDefinition, ...kinds: readonly PromiseKind[]): readonly RowTarget[] {
  return stack.promises
    .filter((promise) => kinds.includes(promise.kind))
    .flatMap((promise) => {
      const service =
        stack.services.find(({ name }) => name === promise.subject) ??
        stack.services.find(({ name }) => name === promise.madeBy.service);
      if (service === undefined) return [];
      const { signal, tenant } = promise;
      return [
        {
          subject: promise.subject,
          column: columnOf(promise),
          service,
          promise,
          ...(signal === undefined ? {} : { signal }),
          ...(tenant === undefined ? {} : { tenant }),
        },
      ];
    });
}

/** The id of a promise is unique in a stack; without kind and subject it tells two rows of one service apart. */
function columnOf(promise: StackPromise): string {
  const [, ...parts] = promise.id.split(':');
  return parts.filter((part) => part !== promise.subject).join(' ');
}

/** What the files alone say of a promise: kept as far as they show, or broken with place and remedy. */
export function filesOutcome(promise: StackPromise | undefined): Outcome {
  if (promise?.state !== 'broken' || promise.broken === undefined) return kept();
  const { why, at, remedy } = promise.broken;
  return broken({
    message: `${sentence(promise.says)}${relying(promise)}; but ${why}${at ? ` (${formatPosition(at)})` : ''}.`,
    expected: promise.says,
    got: why,
    remedy,
    evidence: at ? [{ kind: 'file', asked: formatPosition(at), answer: why }] : [],
  });
}

function relying({ madeBy }: StackPromise): string {
  return madeBy.at ? ` (relied on by ${madeBy.service}, ${formatPosition(madeBy.at)})` : '';
}

function sentence(text: string): string {
  return `Promised: ${text}`;
}
