import type { ConfigEntry, ConfigNode } from '../../config-node.ts';
import type { Position } from '../../position.ts';

/** A run of characters of the new text and where in the old text it comes from. */
export interface TextSegment {
  readonly start: number;
  readonly length: number;
  readonly origin: number;
  /** True: put in place of something, so that every character stands at `origin`. */
  readonly replaced: boolean;
}

/** Finds the place in a file of what stands at a place in the text made from it. */
export class TextMap {
  private readonly segments: readonly TextSegment[];
  private readonly oldLines: readonly number[];
  private readonly newLines: readonly number[];

  constructor(oldText: string, newText: string, segments: readonly TextSegment[]) {
    this.segments = segments;
    this.oldLines = lineStarts(oldText);
    this.newLines = lineStarts(newText);
  }

  /** The position in the old text. */
  origin(at: Position): Position {
    const offset = (this.newLines[at.line - 1] ?? 0) + at.column - 1;
    const segment = this.segmentAt(offset);
    if (segment === undefined) return at;
    const old = segment.replaced ? segment.origin : segment.origin + offset - segment.start;
    return { file: at.file, ...lineAndColumn(this.oldLines, old) };
  }

  /** Whether what stands there, or anything in the `length` characters that follow, was put in place of something. */
  isReplaced(at: Position, length = 1): boolean {
    const offset = (this.newLines[at.line - 1] ?? 0) + at.column - 1;
    return this.segments.some(
      (segment) =>
        segment.replaced && segment.start < offset + Math.max(length, 1) && offset < segment.start + segment.length,
    );
  }

  private segmentAt(offset: number): TextSegment | undefined {
    return this.segments.findLast((segment) => segment.start <= offset && segment.length > 0) ?? this.segments[0];
  }
}

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

export function lineAndColumn(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The same tree with every position put through `move`. `visit` sees each node before and after. */
export function relocate(
  node: ConfigNode,
  move: (at: Position) => Position,
  visit: (before: ConfigNode, after: ConfigNode) => void = () => {},
): ConfigNode {
  const seen = new Map<ConfigNode, ConfigNode>();
  const walk = (old: ConfigNode): ConfigNode => {
    const known = seen.get(old);
    if (known !== undefined) return known;
    const at = move(old.at);
    let moved: ConfigNode;
    if (old.kind === 'scalar') moved = { ...old, at };
    else if (old.kind === 'list') moved = { ...old, at, items: old.items.map(walk) };
    else {
      const entries = new Map<string, ConfigEntry>();
      for (const [key, entry] of old.entries) entries.set(key, { keyAt: move(entry.keyAt), node: walk(entry.node) });
      moved = { ...old, at, entries };
    }
    seen.set(old, moved);
    visit(old, moved);
    return moved;
  };
  return walk(node);
}
