import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../clients/decode.ts';

/**
 * How two JSON values differ, counted as a reader would: a changed scalar, a member or element that is gone or new, a
 * renamed key, two elements that changed places are one difference each. Used to prove that an alteration touches
 * exactly one datum.
 */
export function differences(before: unknown, after: unknown, path = '$'): readonly string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return inLists(before, after, path);
  if (isJsonObject(before) && isJsonObject(after)) return inObjects(before, after, path);
  return [path];
}

function inLists(before: readonly unknown[], after: readonly unknown[], path: string): readonly string[] {
  if (before.length === after.length) {
    const [first, second, ...more] = before.flatMap((item, index) =>
      isDeepStrictEqual(item, after[index]) ? [] : [index],
    );
    const swapped =
      first !== undefined &&
      second !== undefined &&
      more.length === 0 &&
      isDeepStrictEqual(before[first], after[second]) &&
      isDeepStrictEqual(before[second], after[first]);
    if (swapped) return [`${path}[${first}]`];
    return before.flatMap((item, index) => differences(item, after[index], `${path}[${index}]`));
  }
  if (after.length === 0) return [path];
  const [long, short] = before.length > after.length ? [before, after] : [after, before];
  const extra = long.findIndex((_, index) => isDeepStrictEqual(long.toSpliced(index, 1), short));
  return extra >= 0 ? [`${path}[${extra}]`] : [path, `${path} (length)`];
}

function inObjects(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const [oldKey, newKey] = [gone[0], added[0]];
  const renamed =
    gone.length === 1 && added.length === 1 && isDeepStrictEqual(before[oldKey ?? ''], after[newKey ?? '']);
  const keys = renamed ? [`${path}.${oldKey}`] : [...gone, ...added].map((key) => `${path}.${key}`);
  const shared = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  return [...keys, ...shared.flatMap((key) => differences(before[key], after[key], `${path}.${key}`))];
}
