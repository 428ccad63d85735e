import type { KeyShape } from './findings.ts';
import { type KeyInfo, type KeyRegister, TYPE_CODES } from './key-table.ts';
import { compareVersions } from './versions.ts';

/** The keys of one version of an engine, and what is known of those of the others. */
export interface VersionedKeys {
  readonly register: KeyRegister;
  /** What to say of a key that another version has; `where` is the dotted path above it, indexes as numbers. */
  hint(key: string, where: string): { readonly message: string; readonly remedy: string } | undefined;
}

interface Key {
  readonly name: string;
  readonly type?: string;
  /** First and last minor version that has it; undefined: no bound. */
  readonly since?: string;
  readonly until?: string;
  readonly below: readonly Key[];
}

/**
 * Reads a table of keys with the minor versions that have them. A line is `name:type since-until *n`, indented by one
 * space a level, each part but the name optional; `[]` stands for items of a list; `&n` begins the block that `*n`
 * stands for.
 *
 * @param engine For messages: `Tempo`.
 */
export function versionedKeys(text: string, engine: string, version: string): VersionedKeys {
  const keys = parse(text);
  const [major, minor] = version.replace(/^v/, '').split('.');
  const wanted = `${major}.${minor ?? 0}`;
  const has = (key: Key): boolean =>
    (key.since === undefined || compareVersions(wanted, key.since) >= 0) &&
    (key.until === undefined || compareVersions(wanted, key.until) <= 0);
  const info = new Map<string, KeyInfo>();
  const shapeOf = (below: readonly Key[], path: string): KeyShape => {
    const item = below.find((key) => key.name === '[]');
    const join = (name: string): string => (path === '' ? name : `${path}.${name}`);
    if (item !== undefined) return { list: shapeOf(item.below, join('[]')) };
    const table: Record<string, KeyShape> = {};
    for (const key of below.filter(has)) {
      const type = key.type === undefined ? undefined : TYPE_CODES[key.type];
      const isList = key.below[0]?.name === '[]';
      const here = type ?? (key.below.length === 0 ? undefined : isList ? 'list' : 'struct');
      if (here !== undefined) info.set(join(key.name), { type: here });
      table[key.name] = key.below.length === 0 ? 'any' : shapeOf(key.below, join(key.name));
    }
    return { keys: table };
  };
  const shape = shapeOf(keys, '');
  const register: KeyRegister = {
    shape: typeof shape === 'object' && 'keys' in shape ? shape : { keys: {} },
    keys: info,
    byFlag: new Map(),
  };
  return {
    register,
    hint: (name, where) => {
      let below: readonly Key[] = keys;
      for (const step of where === '' ? [] : where.split('.')) {
        below = below.find((key) => key.name === (/^\d+$/.test(step) ? '[]' : step))?.below ?? [];
      }
      const key = below.find((candidate) => candidate.name === name);
      if (key === undefined) return undefined;
      const place = where === '' ? name : `${where}.${name}`;
      const gone = key.until !== undefined && compareVersions(wanted, key.until) > 0;
      const why = gone ? `it went after ${engine} ${key.until}` : `it came with ${engine} ${key.since}`;
      return {
        message: `${engine} ${wanted} refuses the key "${place}": ${why}.`,
        remedy: gone
          ? 'Remove the key; the release notes name what took its place.'
          : 'Remove the key, or use a newer version.',
      };
    },
  };
}

function parse(text: string): Key[] {
  const blocks = new Map<string, string[]>();
  let current: string[] = [];
  blocks.set('', current);
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (line.startsWith('&')) {
      current = [];
      blocks.set(line.slice(1), current);
    } else current.push(line);
  }
  const read = (lines: readonly string[]): Key[] => {
    const keys: Key[] = [];
    for (let index = 0; index < lines.length; ) {
      const line = lines[index] ?? '';
      const depth = line.length - line.trimStart().length;
      let end = index + 1;
      while (end < lines.length && (lines[end] ?? '').search(/\S/) > depth) end++;
      keys.push(readOne(line.trim(), lines.slice(index + 1, end)));
      index = end;
    }
    return keys;
  };
  const readOne = (line: string, below: readonly string[]): Key => {
    const [first = '', ...parts] = line.split(' ');
    const [name = '', type] = first.split(':');
    const shared = parts.find((part) => part.startsWith('*'))?.slice(1);
    const [since, until] = parts.find((part) => part.includes('-'))?.split('-') ?? [];
    return {
      name,
      ...(type === undefined ? {} : { type }),
      ...(since ? { since } : {}),
      ...(until ? { until } : {}),
      below: read(shared === undefined ? below : (blocks.get(shared) ?? [])),
    };
  };
  return read(blocks.get('') ?? []);
}
