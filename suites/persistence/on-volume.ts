import { DeadlineError } from '../../helpers/waiting/deadline.ts';
import { eventually, found, notYet } from '../../helpers/waiting/eventually.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { filesOutcome, promiseTargets } from '../config/promise-rows.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { Outcome, RowTarget } from '../types.ts';

function persistencePromises(stack: StackDefinition): readonly RowTarget[] {
  return promiseTargets(stack, 'persistence');
}

export const dataLieOnTheVolume = requirement({
  id: 'PERSISTENCE-WIRED-01',
  level: 'MUST',
  area: 'persistence',
  title: 'A volume that is declared for an engine is where that engine keeps its data',
  because: 'data beside the volume are gone with the container, and nobody notices before that day',
  source: 'https://docs.docker.com/engine/storage/volumes/',
  promise: 'persistence',
  when: 'plain',
  after: 'started',
  targets: persistencePromises,
  check: async (_context, { promise }) => filesOutcome(promise),
});

export const storageIsWritable = requirement({
  id: 'PERSISTENCE-WRITTEN-01',
  level: 'MUST',
  area: 'persistence',
  title: 'An engine that was given telemetry has written to the volume that is declared for it',
  because: 'a path in a configuration proves less than bytes on a disk',
  source: 'https://docs.docker.com/engine/storage/volumes/',
  promise: 'persistence',
  when: 'plain',
  after: 'end',
  targets: (stack) =>
    persistencePromises(stack).filter(
      ({ service }) => service.role !== undefined && ['metrics', 'logs', 'traces', 'profiles'].includes(service.role),
    ),
  async check(context, target) {
    const { service, subject } = target;
    let measured = '';
    try {
      return await eventually(
        `${subject} to write to its volume`,
        async () => {
          const places = Object.entries(await context.stack.diskUsage(service.name));
          measured = places.map(([path, bytes]) => `${path}: ${bytes} bytes`).join(', ');
          if (places.length === 0) return found(unmeasured(subject));
          return places.some(([, bytes]) => bytes > 0) ? found(kept(measured)) : notYet(measured);
        },
        { deadlineMs: WRITTEN_MS, signal: context.signal },
      );
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
      return broken({
        message: `${subject} took telemetry and wrote nothing to its volume (${measured}).`,
        expected: 'a write-ahead log or blocks on the volume',
        got: measured,
        remedy: `Mount the volume where ${subject} stores its data: ${service.facts?.storage.map(({ path }) => path).join(', ')}.`,
      });
    }
  },
});

/** Traces stay in memory until they are idle; a write-ahead log gets them within seconds. */
const WRITTEN_MS = 25_000;

function unmeasured(subject: string): Outcome {
  return { kind: 'not-applicable', why: `${subject} has no volume that this driver can measure.` };
}
