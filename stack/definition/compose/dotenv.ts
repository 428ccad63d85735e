import type { Position } from '../position.ts';
import type { EnvironmentValue } from '../types.ts';
import { type Lookup, substitute, TemplateError } from './template.ts';
import { refuse } from './tree.ts';

export interface DotenvOptions {
  /** How the file is named in messages. */
  readonly file: string;
  /** Variables for interpolation inside the file and for keys without a value; wins over earlier lines. */
  readonly lookup: Lookup;
  readonly unset?: (name: string, at: Position) => void;
}

const NAME_CHARACTER = /[\p{L}\p{N}_.[\]-]/u;
const EXPORT = /^export\s+/;
const ESCAPE = /\\(?:[abcfnrtv$"\\]|0\d{0,3})/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\a': '\x07',
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\v': '\v',
  '\\"': '"',
  '\\\\': '\\',
  // Interpolation comes after, and knows this as a dollar sign that means itself.
  '\\$': '$$',
};

/**
 * Reads a `.env` file or an `env_file` into `into`: `KEY=value`, `KEY: value`, `export KEY=value`, quotes, escapes,
 * comments, values over several lines in quotes, `${…}` except in single quotes. A bare `KEY` takes the variable of
 * that name.
 *
 * @throws InputError with the line
 * @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function parseDotenv(text: string, into: Map<string, EnvironmentValue>, options: DotenvOptions): void {
  new DotenvReader(text.replace(/^\uFEFF/, ''), into, options).read();
}

/** `format: raw`: `KEY=value` lines, taken as they stand. */
export function parseRawEnvFile(text: string, into: Map<string, EnvironmentValue>, options: DotenvOptions): void {
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const trimmed = line.trimStart();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const at = { file: options.file, line: index + 1, column: line.length - trimmed.length + 1 };
    const [key = ''] = trimmed.split('=', 1);
    if (key === '' || /[ \t]/.test(key)) refuse(`"${key}" cannot be the name of a variable.`, at, 'Write KEY=value.');
    const value = key === trimmed ? options.lookup(key) : trimmed.slice(key.length + 1);
    if (value !== undefined) into.set(key, { value, at });
  }
}

class DotenvReader {
  private readonly text: string;
  private readonly into: Map<string, EnvironmentValue>;
  private readonly options: DotenvOptions;
  private offset = 0;

  constructor(text: string, into: Map<string, EnvironmentValue>, options: DotenvOptions) {
    this.text = text;
    this.into = into;
    this.options = options;
  }

  read(): void {
    while (this.skipToStatement()) {
      const at = this.position();
      const { key, inherited } = this.key();
      const value = inherited ? this.options.lookup(key) : this.value(at);
      if (value !== undefined) this.into.set(key, { value, at });
    }
  }

  private position(): Position {
    const before = this.text.slice(0, this.offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { file: this.options.file, line: before.split('\n').length, column: this.offset - lineStart + 1 };
  }

  private skipToStatement(): boolean {
    for (;;) {
      const rest = this.text.slice(this.offset);
      const start = rest.search(/\S/);
      if (start === -1) return false;
      this.offset += start;
      if (this.text[this.offset] !== '#') return true;
      const newline = this.text.indexOf('\n', this.offset);
      if (newline === -1) return false;
      this.offset = newline;
    }
  }

  private key(): { key: string; inherited: boolean } {
    const at = this.position();
    const exported = EXPORT.exec(this.text.slice(this.offset))?.[0];
    if (exported !== undefined) this.offset += exported.length;
    const start = this.offset;
    for (; this.offset < this.text.length; this.offset++) {
      const char = this.text[this.offset] ?? '';
      if (char === '=' || char === ':' || char === '\n') break;
      if (!/\s/.test(char) && !NAME_CHARACTER.test(char)) {
        refuse(
          `"${char}" cannot stand in the name of a variable.`,
          this.position(),
          'Write KEY=value, one in each line.',
        );
      }
    }
    const key = this.text.slice(start, this.offset).trimEnd();
    const ended = this.text[this.offset];
    this.offset++;
    if (/\s/.test(key)) refuse(`The name "${key}" holds a space.`, at, 'Write KEY=value, one in each line.');
    if (key === '') refuse('A value stands here without a name.', at, 'Write KEY=value.');
    return { key, inherited: ended === '\n' || ended === undefined };
  }

  private value(at: Position): string {
    while (/[^\S\n]/.test(this.text[this.offset] ?? '')) this.offset++;
    const quote = this.text[this.offset];
    if (quote === '"' || quote === "'") return this.quoted(quote, at);
    const newline = this.text.indexOf('\n', this.offset);
    const end = newline === -1 ? this.text.length : newline;
    const [value = ''] = this.text.slice(this.offset, end).split(' #', 1);
    this.offset = end;
    return this.expand(value.trimEnd(), at);
  }

  private quoted(quote: string, at: Position): string {
    let value = '';
    for (let i = this.offset + 1; i < this.text.length; i++) {
      const char = this.text[i] ?? '';
      if (char === '\\' && i + 1 < this.text.length) {
        i++;
        const next = this.text[i] ?? '';
        value += next === quote ? next : `\\${next}`;
      } else if (char === quote) {
        this.offset = i + 1;
        return quote === '"' ? this.expand(undoEscapes(value), at) : value;
      } else value += char;
    }
    return refuse(`The quote ${quote} is never closed.`, this.position(), `Close it with ${quote}.`);
  }

  private expand(value: string, at: Position): string {
    if (!value.includes('$')) return value;
    const lookup = (name: string) => this.options.lookup(name) ?? this.into.get(name)?.value ?? undefined;
    try {
      return substitute(value, lookup, (name) => this.options.unset?.(name, at));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return refuse(`${error.message}.`, at, 'Set the variable, or write $$ for a dollar sign that means itself.');
    }
  }
}

function undoEscapes(text: string): string {
  return text.replace(ESCAPE, (match) => {
    if (match.startsWith('\\0')) {
      return match.length === 5 ? String.fromCharCode(Number.parseInt(match.slice(2), 8)) : match;
    }
    return ESCAPES[match] ?? match;
  });
}
