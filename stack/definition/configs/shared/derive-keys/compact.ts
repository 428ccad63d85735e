/** One key as the reflecting program (`reflect.go.txt`) prints it, in the order of the struct. */
export interface FlatKey {
  readonly path: string;
  /** One of the letters of `TYPE_CODES`. */
  readonly code: string;
  readonly flag: string;
  readonly fallback?: string;
}

interface Branch {
  readonly key: string;
  readonly own: FlatKey;
  readonly children: Branch[];
}

/**
 * Writes keys as a table for `parseKeyTable`: a tree, flags relative to the longest prefix that a struct's flags share,
 * and blocks that occur more than once written once.
 */
export function compactKeys(keys: readonly FlatKey[]): string {
  const root: Branch = { key: '', own: { path: '', code: 'S', flag: '' }, children: [] };
  const byPath = new Map<string, Branch>([['', root]]);
  for (const own of keys) {
    const cut = own.path.lastIndexOf('.');
    const branch: Branch = { key: own.path.slice(cut + 1), own, children: [] };
    byPath.set(own.path, branch);
    byPath.get(cut < 0 ? '' : own.path.slice(0, cut))?.children.push(branch);
  }
  const uses = new Map<string, number>();
  count(root, uses);
  const blocks = new Map<string, { id: number; lines: string[] }>();
  const top = root.children.flatMap((child) => render(child, '', 0, uses, blocks));
  const shared = [...blocks.values()].flatMap(({ id, lines }) => [`&${id}`, ...lines]);
  return [...top, ...shared].join('\n');
}

function isStruct(branch: Branch): boolean {
  return branch.own.code === 'S';
}

function flagsBelow(branch: Branch): string[] {
  const own = isStruct(branch) || branch.own.flag === '' ? [] : [branch.own.flag];
  return [...own, ...branch.children.flatMap(flagsBelow)];
}

function commonPrefix(flags: readonly string[]): string {
  const [first, ...others] = flags;
  if (first === undefined) return '';
  let length = first.lastIndexOf('.') + 1;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length = first.lastIndexOf('.', length - 2) + 1;
  }
  return first.slice(0, length);
}

/** What a struct holds, seen from its own prefix: equal for equal blocks. */
function signature(branch: Branch): string {
  const prefix = commonPrefix(flagsBelow(branch));
  return branch.children.map((child) => describe(child, prefix)).join('\n');
}

function describe(branch: Branch, prefix: string): string {
  const { code, fallback } = branch.own;
  if (isStruct(branch))
    return `${branch.key} S ${relative(commonPrefix(flagsBelow(branch)), prefix)} {${signature(branch)}}`;
  const below = branch.children.map((child) => describe(child, prefix)).join('\n');
  return `${branch.key} ${code} ${leafFlag(branch, prefix)} ${fallback ?? ''} {${below}}`;
}

function count(branch: Branch, uses: Map<string, number>): void {
  for (const child of branch.children) {
    if (isStruct(child) && child.children.length > 0) {
      const text = signature(child);
      const seen = uses.get(text) ?? 0;
      uses.set(text, seen + 1);
      if (seen > 0) continue;
    }
    count(child, uses);
  }
}

function render(
  branch: Branch,
  prefix: string,
  depth: number,
  uses: ReadonlyMap<string, number>,
  blocks: Map<string, { id: number; lines: string[] }>,
): string[] {
  const indent = ' '.repeat(depth);
  const below = (from: string, at: number): string[] =>
    branch.children.flatMap((child) => render(child, from, at, uses, blocks));
  if (!isStruct(branch)) {
    const { code, fallback } = branch.own;
    const words = [branch.key, code, leafFlag(branch, prefix), fallback ?? ''].join(' ').trimEnd().replace(/ -$/, '');
    return [indent + words, ...below(prefix, depth + 1)];
  }
  const own = commonPrefix(flagsBelow(branch));
  const where = relative(own, prefix);
  const text = signature(branch);
  if ((uses.get(text) ?? 0) < 2 || branch.children.length < 3) {
    return [`${indent}${branch.key} S ${where}`.replace(/ -$/, ''), ...below(own, depth + 1)];
  }
  let block = blocks.get(text);
  if (block === undefined) {
    block = { id: blocks.size + 1, lines: [] };
    blocks.set(text, block);
    block.lines.push(...below(own, 0));
  }
  return [`${indent}${branch.key} *${block.id} ${where}`.replace(/ -$/, '')];
}

function leafFlag(branch: Branch, prefix: string): string {
  const { flag } = branch.own;
  if (flag === '') return '-';
  if (flag === prefix + branch.key.replaceAll('_', '-')) return '=';
  return relative(flag, prefix);
}

function relative(flag: string, prefix: string): string {
  if (flag === '') return '-';
  const rest = flag.slice(prefix.length);
  return flag.startsWith(prefix) && rest !== '' && !/^[-=/*]/.test(rest) ? rest : `/${flag}`;
}
