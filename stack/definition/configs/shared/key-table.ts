import type { KeyShape, KeyTable } from './findings.ts';

/** One key of a configuration, as the engine's own types say. */
export interface KeyInfo {
  /** `bool`, `int`, `float`, `string`, `go-duration`, `prom-duration`, `bytes`, `map`, `list`, `any`, … */
  readonly type: string;
  /** The flag that sets the same value. */
  readonly flag?: string;
  /** The default as the engine prints it. */
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
 * Reads a table of keys: a line each, `path type flag default`, tab-separated, the last two optional. `any` ends the
 * walk: everything below it is accepted.
 */
export function parseKeyTable(text: string): KeyRegister {
  const keys = new Map<string, KeyInfo>();
  const byFlag = new Map<string, string>();
  const root: Record<string, KeyShape> = {};
  for (const line of text.split('\n')) {
    const [path, type, flag, fallback] = line.split('\t');
    if (path === undefined || type === undefined || path === '') continue;
    keys.set(path, { type, ...(flag ? { flag } : {}), ...(fallback ? { fallback } : {}) });
    if (flag) byFlag.set(flag, path);
  }
  const children = new Map<string, string[]>();
  for (const path of keys.keys()) {
    const cut = path.lastIndexOf('.');
    const parent = cut < 0 ? '' : path.slice(0, cut);
    const list = children.get(parent) ?? [];
    list.push(path);
    children.set(parent, list);
  }
  const shapeOf = (path: string): KeyShape => {
    const below = children.get(path);
    if (below === undefined || keys.get(path)?.type === 'any') return 'any';
    const item = below.find((child) => child.endsWith('.[]'));
    if (item !== undefined) return { list: shapeOf(item) };
    const value = below.find((child) => child.endsWith('.{}'));
    if (value !== undefined) return { map: shapeOf(value) };
    return {
      keys: Object.fromEntries(below.map((child) => [child.slice(child.lastIndexOf('.') + 1), shapeOf(child)])),
    };
  };
  for (const path of children.get('') ?? []) root[path] = shapeOf(path);
  return { shape: { keys: root }, keys, byFlag };
}
