import type { Position } from '../position.ts';
import type { PromiseKind, StackPromise } from '../promise.ts';
import type { Breakage } from './route.ts';

/** A promise about to be made. */
export interface Draft extends Omit<StackPromise, 'id' | 'state' | 'broken' | 'madeBy'> {
  readonly kind: PromiseKind;
  /** What tells two of a kind apart besides the subject; never a line number or a port, so that ids stay stable. */
  readonly key: readonly string[];
  readonly by: string;
  readonly at?: Position | undefined;
  readonly broken?: Breakage | undefined;
}

/** Gives a draft its id and state. */
export function promiseOf(draft: Draft): StackPromise {
  const { key, by, at, broken, ...rest } = draft;
  return {
    ...rest,
    id: [draft.kind, ...key].join(':'),
    madeBy: { service: by, ...(at === undefined ? {} : { at }) },
    state: broken === undefined ? 'open' : 'broken',
    ...(broken === undefined ? {} : { broken }),
  };
}

/** `7 d`, `36 h`, `90 s`. */
export function duration(ms: number): string {
  const units: readonly [number, string, string][] = [
    [86_400_000, 'day', 'days'],
    [3_600_000, 'hour', 'hours'],
    [60_000, 'minute', 'minutes'],
    [1000, 'second', 'seconds'],
  ];
  const [size, one, many] = units.find(([unit]) => ms >= unit && ms % unit === 0) ?? [1, 'ms', 'ms'];
  const count = ms / size;
  return `${count} ${count === 1 ? one : many}`;
}

/** `64 MiB`. */
export function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = count;
  let index = 0;
  while (value >= 1024 && value % 1024 === 0 && index < units.length - 1) {
    value /= 1024;
    index++;
  }
  return `${value} ${units[index]}`;
}
