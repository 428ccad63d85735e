import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type ConfigNode, nodeAt } from '../config-node.ts';
import type { ServiceShape } from '../configs/reader.ts';
import type { Position } from '../position.ts';
import { parseYaml } from '../syntax/yaml.ts';

/** Where the content of an inline `configs:` entry stands in the compose file. */
export interface InlinePlace {
  readonly containerPath: string;
  readonly file: string;
  /** Line and column of the content's first character. */
  readonly line: number;
  readonly column: number;
}

/**
 * Places of the inline contents that a service mounts. Readers name positions in them by container path; the user
 * edits the compose file.
 *
 * @param composeFiles Relative to `directory`; a later file overrules an earlier one.
 */
export function inlinePlaces(
  directory: string,
  composeFiles: readonly string[],
  service: ServiceShape,
): readonly InlinePlace[] {
  const mounts = service.mounts.filter((mount) => mount.kind === 'config' && mount.content !== undefined);
  if (mounts.length === 0) return [];
  const files = [...composeFiles, ...mounts.map((mount) => mount.at.file)];
  const roots = [...new Set(files)].toReversed().flatMap((file) => {
    const text = readFileSync(isAbsolute(file) ? file : join(directory, file), 'utf8');
    const { root } = parseYaml(text, file);
    return root === undefined ? [] : [{ file, root, lines: text.split('\n') }];
  });
  return mounts.flatMap((mount) => {
    if (mount.kind !== 'config') return [];
    for (const { file, root, lines } of roots) {
      const content = nodeAt(root, 'configs', mount.name, 'content');
      if (content === undefined) continue;
      return [{ containerPath: mount.target, file, ...startOf(content, lines) }];
    }
    return [];
  });
}

/** A block's text begins in the line after its `|`, at the indentation of its first line that is not empty. */
function startOf(content: ConfigNode, lines: readonly string[]): { line: number; column: number } {
  const header = lines[content.at.line - 1] ?? '';
  if (!/[|>][-+\d]*\s*(#.*)?$/.test(header)) return { line: content.at.line, column: content.at.column };
  const first = lines.slice(content.at.line).find((line) => line.trim() !== '') ?? '';
  return { line: content.at.line + 1, column: first.length - first.trimStart().length + 1 };
}

/** The same value with every position in inline content moved to where it stands in the compose file. */
export function deeplyPlaced<T>(value: T, places: readonly InlinePlace[]): T {
  const seen = new Map<object, unknown>();
  const walk = (old: unknown): unknown => {
    if (typeof old !== 'object' || old === null) return old;
    const known = seen.get(old);
    if (known !== undefined) return known;
    if (isPosition(old)) {
      const place = places.find((one) => one.containerPath === old.file);
      const moved =
        place === undefined
          ? old
          : { file: place.file, line: old.line + place.line - 1, column: old.column + place.column - 1 };
      seen.set(old, moved);
      return moved;
    }
    if (Array.isArray(old)) {
      const list: unknown[] = [];
      seen.set(old, list);
      for (const item of old) list.push(walk(item));
      return list;
    }
    const copy: Record<string, unknown> = {};
    seen.set(old, copy);
    for (const [key, item] of Object.entries(old)) copy[key] = walk(item);
    return copy;
  };
  return walk(value) as T;
}

function isPosition(value: object): value is Position {
  return 'file' in value && 'line' in value && 'column' in value && Object.keys(value).length === 3;
}
