import { readFileSync } from 'node:fs';
import { compactKeys, type FlatKey } from './compact.ts';

/**
 * Makes a key table of what `reflect.go.txt` prints (tab-separated: path, Go type, flag, default). The program is built
 * in a Go module that requires the engine's own at the wanted version; its `main` names the configuration type.
 *
 *   node from-reflection.ts OUTPUT.txt --root prometheus. --defaults limits_config.,server.
 */
export function flatKeys(text: string, root: string, keepDefault: (path: string) => boolean): FlatKey[] {
  const keys: FlatKey[] = [];
  let skipped: string | undefined;
  for (const line of text.split('\n')) {
    const [written = '', type = '', flag = '', fallback = ''] = line.split('\t');
    if (written === 'FLAG' || type === '' || !written.startsWith(root)) continue;
    const path = written.slice(root.length);
    if (skipped !== undefined && path.startsWith(skipped)) continue;
    skipped = undefined;
    const code = codeOf(type);
    if (code === 'A') skipped = `${path}.`;
    const given = flag === '-' ? '' : flag;
    const kept = fallback !== '' && code !== 'S' && keepDefault(path);
    keys.push({ path, code, flag: given, ...(kept ? { fallback } : {}) });
  }
  return keys;
}

/** Types that read one scalar although they are structs, or that need no look inside. */
const OPAQUE =
  /(timeinterval\.\w+Range|\.URL|URLValue|Regexp|\.Level|DayTime|Userinfo|Secret\w*|flagext\.Time|labels\.Labels)$/;
const SCALARS: readonly (readonly [RegExp, string])[] = [
  [/^!?bool$/, 'b'],
  [/^u?int(8|16|32|64)?$/, 'i'],
  [/^float(32|64)$/, 'f'],
  [/^time\.Duration$/, 'd'],
  [/model\.Duration$/, 'p'],
  [/flagext\.ByteSize$/, 'Z'],
  [/(flagext\.Bytes|units\.Base2Bytes)$/, 'B'],
];

function codeOf(type: string): string {
  if (/^struct!?:/.test(type)) return OPAQUE.test(type) ? 'A' : 'S';
  if (type.startsWith('rec:') || type.startsWith('interface')) return 'A';
  if (/^list!?:/.test(type)) return type.startsWith('list!') ? 'A' : 'L';
  if (/^map!?:/.test(type)) return type.startsWith('map!') ? 'A' : 'M';
  return SCALARS.find(([pattern]) => pattern.test(type))?.[1] ?? (type.startsWith('!') ? 'A' : 's');
}

if (process.argv[1]?.endsWith('from-reflection.ts')) {
  const [file = '', ...options] = process.argv.slice(2);
  const option = (name: string): string => options[options.indexOf(name) + 1] ?? '';
  const root = options.includes('--root') ? option('--root') : '';
  const defaults = options.includes('--defaults') ? option('--defaults').split(',') : [];
  const keys = flatKeys(readFileSync(file, 'utf8'), root, (path) => defaults.some((start) => path.startsWith(start)));
  process.stdout.write(`${compactKeys(keys)}\n`);
}
