import { type ConfigNode, entriesOf } from '../../config-node.ts';
import type { Finding, Position } from '../../position.ts';

/** Collects what one reader has to say, with the service's name on it. */
export class FindingList {
  readonly all: Finding[] = [];
  private readonly service: string;

  constructor(service: string) {
    this.service = service;
  }

  error(id: string, at: Position | undefined, message: string, remedy: string): void {
    this.add('error', id, at, message, remedy);
  }

  warning(id: string, at: Position | undefined, message: string, remedy: string): void {
    this.add('warning', id, at, message, remedy);
  }

  /** Findings made elsewhere (a YAML parser's problems). */
  take(findings: readonly Finding[]): void {
    for (const finding of findings) this.all.push({ service: this.service, ...finding });
  }

  private add(
    severity: Finding['severity'],
    id: string,
    at: Position | undefined,
    message: string,
    remedy: string,
  ): void {
    this.all.push({ id, severity, ...(at === undefined ? {} : { at }), service: this.service, message, remedy });
  }
}

/**
 * The word of `candidates` that was probably meant: fewest edits, at most a third of the length (2 for short words),
 * and never two apart equally. Words equal but for `-`, `_`, `.` and case come first.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_.]/g, '');
  let best: string | undefined;
  let distance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (plain(candidate) === plain(word)) return candidate;
    if (Math.abs(candidate.length - word.length) >= distance) continue;
    const edits = editDistance(word, candidate);
    if (edits < distance) {
      distance = edits;
      best = candidate;
    }
  }
  return best;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const swap = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/**
 * The keys that a configuration may have at each level. A nested shape is another table; `any` stops the walk; `list`
 * and `map` hold the shape of every item or every value.
 */
export type KeyShape = 'any' | KeyTable | { readonly list: KeyShape } | { readonly map: KeyShape };
export interface KeyTable {
  readonly keys: Readonly<Record<string, KeyShape>>;
}

/** Calls `report` for every key of `node` that its table does not have, at the key's place. */
export function visitUnknownKeys(
  node: ConfigNode | undefined,
  shape: KeyShape,
  report: (key: string, at: Position, path: readonly string[], known: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  if (node === undefined || shape === 'any') return;
  if ('list' in shape) {
    if (node.kind !== 'list') return;
    node.items.forEach((item, index) => {
      visitUnknownKeys(item, shape.list, report, [...path, String(index)]);
    });
    return;
  }
  for (const [key, entry] of entriesOf(node)) {
    if ('map' in shape) {
      visitUnknownKeys(entry.node, shape.map, report, [...path, key]);
      continue;
    }
    const next = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (next === undefined) report(key, entry.keyAt, path, Object.keys(shape.keys));
    else visitUnknownKeys(entry.node, next, report, [...path, key]);
  }
}

/** One error per unknown key: `CONFIG-UNKNOWN-KEY`. */
export function reportUnknownKeys(
  findings: FindingList,
  engine: string,
  node: ConfigNode | undefined,
  shape: KeyShape,
  path: readonly string[] = [],
): void {
  visitUnknownKeys(
    node,
    shape,
    (key, at, where, known) => {
      const meant = didYouMean(key, known);
      const place = where.length === 0 ? 'at the top level' : `under ${where.join('.')}`;
      findings.error(
        'CONFIG-UNKNOWN-KEY',
        at,
        `${engine} has no key "${key}" ${place}, and refuses the file.`,
        meant === undefined ? 'Remove the key, or move it to where it belongs.' : `Did you mean "${meant}"?`,
      );
    },
    path,
  );
}
