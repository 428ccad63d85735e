import type { Position } from '../../position.ts';

export interface IniValue {
  readonly value: string;
  readonly at: Position;
}

/**
 * Reads `grafana.ini`: sections, `key = value`, comments with `;` or `#` at the start of a line, quotes and backquotes
 * around values, triple quotes over several lines. Keys are `section.key`; those before any section have no dot.
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
 */
export function parseIni(text: string, file: string): ReadonlyMap<string, IniValue> {
  const values = new Map<string, IniValue>();
  let section = '';
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith(';') || trimmed.startsWith('#')) continue;
    const header = /^\[([^\]]*)\]/.exec(trimmed);
    if (header !== null) {
      section = (header[1] ?? '').trim();
      continue;
    }
    const match = /^\s*([^=:]+?)\s*[=:]\s*(.*?)\s*$/.exec(line);
    if (match === null) continue;
    const [, key = '', written = ''] = match;
    const at = { file, line: index + 1, column: line.indexOf(key) + 1 };
    let value = written;
    if (value.startsWith('"""')) {
      const rest = [value.slice(3)];
      while (!(rest.at(-1) ?? '').includes('"""') && index + 1 < lines.length) rest.push(lines[++index] ?? '');
      value = rest.join('\n').replace(/"""[\s\S]*$/, '');
    } else if (/^(["'`]).*\1$/.test(value) && value.length > 1) value = value.slice(1, -1);
    else value = value.replace(/\s+[;#].*$/, '');
    values.set(section === '' || section === 'DEFAULT' ? key : `${section}.${key}`, { value, at });
  }
  return values;
}
