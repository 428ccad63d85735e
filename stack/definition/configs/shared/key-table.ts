import type { KeyShape, KeyTable } from './findings.ts';

/**
 * The type of a value, as far as readers need it: `go-duration` is Go's `time.Duration`, `prom-duration` Prometheus'
 * `model.Duration`, `bytes` a Base2Bytes size, `datasize` Loki's. `any`: a value that is not looked into.
 */
export type KeyType =
  | 'bool'
  | 'int'
  | 'float'
  | 'string'
  | 'go-duration'
  | 'prom-duration'
  | 'bytes'
  | 'datasize'
  | 'struct'
  | 'list'
  | 'map'
  | 'any';

/** The letters under which types stand in a table. */
export const TYPE_CODES: Readonly<Record<string, KeyType>> = {
  b: 'bool',
  i: 'int',
  f: 'float',
  s: 'string',
  d: 'go-duration',
  p: 'prom-duration',
  B: 'bytes',
  Z: 'datasize',
  S: 'struct',
  L: 'list',
  M: 'map',
  A: 'any',
};

/** One key of a configuration, as the engine's own types say. */
export interface KeyInfo {
  readonly type: KeyType;
  /** The flag that sets the same value. */
  readonly flag?: string;
  /** The default as the engine prints it; only where the table keeps it. */
  readonly fallback?: string;
}

export interface KeyRegister {
  readonly shape: KeyTable;
  /** By path with `[]` for items of lists and `{}` for keys of maps: `scrape_configs.[].job_name`. */
  readonly keys: ReadonlyMap<string, KeyInfo>;
  /** Path of the key that a flag sets. */
  readonly byFlag: ReadonlyMap<string, string>;
}

/**
 * Reads a table of keys as `derive-keys/compact.ts` writes it. A line is `key type flag default`, indented by one space
 * a level; `=` as a flag stands for the key's own name with dashes; flags are relative to the prefix that the struct
 * above names, or absolute after `/`. `&n` begins a block that stands in several places, `*n` is such a place.
 */
export function parseKeyTable(text: string): KeyRegister {
  const blocks = new Map<string, TableLine[]>();
  let current: TableLine[] = [];
  blocks.set('', current);
  for (const written of text.split('\n')) {
    if (written.trim() === '') continue;
    if (written.startsWith('&')) {
      current = [];
      blocks.set(written.slice(1), current);
    } else current.push(parseLine(written));
  }
  const keys = new Map<string, KeyInfo>();
  const byFlag = new Map<string, string>();

  const place = (lines: readonly TableLine[], path: string, prefix: string): KeyShape => {
    const table: Record<string, KeyShape> = {};
    let item: KeyShape | undefined;
    let value: KeyShape | undefined;
    for (let index = 0; index < lines.length; ) {
      const line = lines[index];
      if (line === undefined) break;
      let end = index + 1;
      while ((lines[end]?.depth ?? 0) > line.depth) end++;
      const here = path === '' ? line.key : `${path}.${line.key}`;
      const shape = placeOne(line, lines.slice(index + 1, end), here, prefix);
      if (line.key === '[]') item = shape;
      else if (line.key === '{}') value = shape;
      else table[line.key] = shape;
      index = end;
    }
    if (item !== undefined) return { list: item };
    if (value !== undefined) return { map: value };
    return Object.keys(table).length === 0 ? 'any' : { keys: table };
  };

  const placeOne = (line: TableLine, below: readonly TableLine[], path: string, prefix: string): KeyShape => {
    const own = line.flag.startsWith('/') ? line.flag.slice(1) : line.flag === '-' ? '' : prefix + line.flag;
    if (line.type.startsWith('*')) {
      keys.set(path, { type: 'struct' });
      return place(blocks.get(line.type.slice(1)) ?? [], path, own);
    }
    const type = TYPE_CODES[line.type] ?? 'any';
    if (type === 'struct') {
      keys.set(path, { type });
      return place(below, path, own);
    }
    const flag = line.flag === '=' ? prefix + line.key.replaceAll('_', '-') : own;
    keys.set(path, {
      type,
      ...(flag === '' ? {} : { flag }),
      ...(line.fallback === undefined ? {} : { fallback: line.fallback }),
    });
    if (flag !== '') byFlag.set(flag, path);
    return below.length === 0 || type === 'any' ? 'any' : place(below, path, prefix);
  };

  const shape = place(blocks.get('') ?? [], '', '');
  return { shape: typeof shape === 'object' && 'keys' in shape ? shape : { keys: {} }, keys, byFlag };
}

interface TableLine {
  readonly depth: number;
  readonly key: string;
  readonly type: string;
  readonly flag: string;
  readonly fallback?: string;
}

function parseLine(written: string): TableLine {
  const depth = written.length - written.trimStart().length;
  const [key = '', type = '', flag = '-', ...rest] = written.trim().split(' ');
  return { depth, key, type, flag, ...(rest.length === 0 ? {} : { fallback: rest.join(' ') }) };
}
