import { formatPosition } from '../../stack/definition/position.ts';
import type { StackPromise } from '../../stack/definition/promise.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { RowTarget } from '../types.ts';

function persistencePromises(stack: StackDefinition): readonly RowTarget[] {
  return stack.promises
    .filter(({ kind }) => kind === 'persistence')
    .flatMap((promise) => {
      const service = stack.services.find(({ name }) => name === promise.subject);
      return service ? [{ subject: service.name, column: columnOf(promise), service, promise }] : [];
    });
}

function columnOf(promise: StackPromise): string {
  return promise.column ?? promise.id.split(':').slice(1).join(' ');
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
  async check(_context, { promise }) {
    if (promise?.state !== 'broken' || promise.broken === undefined) return kept();
    const { why, at, remedy } = promise.broken;
    return broken({ message: `${promise.says}; but ${why}${at ? ` (${formatPosition(at)})` : ''}.`, remedy });
  },
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
    const usage = await context.stack.diskUsage(target.service.name);
    const places = Object.entries(usage);
    if (places.length === 0)
      return { kind: 'not-applicable', why: `${target.subject} has no data mount that this driver can measure.` };
    // An empty directory of its own has some bytes in most file systems; a WAL or a chunk has more.
    const written = places.filter(([, bytes]) => bytes > EMPTY_DIRECTORY_BYTES);
    const measured = places.map(([path, bytes]) => `${path}: ${bytes} bytes`).join(', ');
    if (written.length > 0) return kept(measured);
    return broken({
      message: `${target.subject} took telemetry and wrote nothing to its volume (${measured}).`,
      expected: 'a write-ahead log or blocks on the volume',
      got: measured,
      remedy: `Mount the volume where ${target.subject} stores its data: ${target.service.facts?.storage.map(({ path }) => path).join(', ')}.`,
    });
  },
});

const EMPTY_DIRECTORY_BYTES = 4096;
