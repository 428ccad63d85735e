import type { Position } from '../../position.ts';
import type { AlloySyntaxProblem, AlloyToken, AlloyTokenKind } from './tokens.ts';

const IDENTIFIER = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d*)?/y;
const OPERATOR = /\|\||&&|==|!=|<=|>=|[-+*/%^<>=!{}()[\],.]/y;
const BLANK = /[ \t\r]+/y;
/** After these a newline ends the statement or the list element, as in Go. */
const ENDS_LINE: ReadonlySet<AlloyTokenKind> = new Set([
  'identifier',
  'number',
  'string',
  'bool',
  'null',
  '}',
  ')',
  ']',
  'illegal',
]);

/**
 * Takes a file in Alloy syntax apart. Comments are dropped. Newlines become tokens only where they end something.
 *
 * @see https://grafana.com/docs/alloy/latest/get-started/syntax/
 */
export function lexAlloy(text: string, file: string): { tokens: AlloyToken[]; problems: AlloySyntaxProblem[] } {
  const tokens: AlloyToken[] = [];
  const problems: AlloySyntaxProblem[] = [];
  let index = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  let lineStart = index;

  const here = (): Position => ({ file, line, column: index - lineStart + 1 });
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = index;
    return pattern.exec(text)?.[0];
  };
  const advance = (to: number): void => {
    for (let next = text.indexOf('\n', index); next >= 0 && next < to; next = text.indexOf('\n', next + 1)) {
      line++;
      lineStart = next + 1;
    }
    index = to;
  };
  const push = (kind: AlloyTokenKind, raw: string): void => {
    tokens.push({ kind, text: raw, at: here() });
    advance(index + raw.length);
  };
  const endLine = (): void => {
    const last = tokens.at(-1)?.kind;
    if (last !== undefined && ENDS_LINE.has(last)) tokens.push({ kind: 'end of line', text: '\n', at: here() });
  };

  while (index < text.length) {
    const char = text.charAt(index);
    const blank = match(BLANK);
    if (blank !== undefined) {
      index += blank.length;
    } else if (char === '\n') {
      endLine();
      advance(index + 1);
    } else if (text.startsWith('//', index)) {
      const end = text.indexOf('\n', index);
      index = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', index)) {
      const end = text.indexOf('*/', index + 2);
      if (end < 0) problems.push({ at: here(), what: 'this comment has no end: `*/` is missing' });
      const to = end < 0 ? text.length : end + 2;
      if (text.slice(index, to).includes('\n')) endLine();
      advance(to);
    } else if (char === '"' || char === '`' || char === "'") {
      const at = here();
      const read = readString(text, index, char);
      if (char === "'")
        problems.push({ at, what: 'strings stand in double quotes or backticks, not in single quotes' });
      if (!read.closed) {
        const where = char === '`' ? 'before the end of the file' : 'on the same line';
        problems.push({ at, what: `this string has no end: a closing ${char} is missing ${where}` });
      }
      for (const bad of read.badEscapes) {
        const column = at.column + bad.offset;
        problems.push({ at: { ...at, column }, what: `"${bad.text}" is not an escape sequence` });
      }
      push(char === "'" ? 'illegal' : 'string', text.slice(index, read.end));
    } else {
      const word = match(IDENTIFIER);
      const number = match(NUMBER);
      const operator = match(OPERATOR);
      if (word !== undefined) push(wordKind(word), word);
      else if (number !== undefined) {
        if (/[eE][+-]?$/.test(number))
          problems.push({ at: here(), what: `"${number}" has an exponent without digits` });
        push('number', number);
      } else if (operator !== undefined) push(operator as AlloyTokenKind, operator);
      else {
        const illegal = String.fromCodePoint(text.codePointAt(index) ?? 0);
        problems.push({ at: here(), what: `the character ${JSON.stringify(illegal)} has no meaning here` });
        push('illegal', illegal);
      }
    }
  }
  endLine();
  tokens.push({ kind: 'end of file', text: '', at: here() });
  return { tokens, problems };
}

function wordKind(word: string): AlloyTokenKind {
  if (word === 'true' || word === 'false') return 'bool';
  return word === 'null' ? 'null' : 'identifier';
}

interface StringRead {
  end: number;
  closed: boolean;
  badEscapes: { offset: number; text: string }[];
}

function readString(text: string, start: number, quote: string): StringRead {
  const read: StringRead = { end: start + 1, closed: false, badEscapes: [] };
  while (read.end < text.length) {
    const char = text.charAt(read.end);
    if (char === '\n' && quote !== '`') return read;
    if (char === '\\' && quote !== '`') {
      const sequence = /^\\(?:[abfnrtv\\"]|[0-7]{3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/.exec(
        text.slice(read.end, read.end + 10),
      )?.[0];
      if (sequence === undefined) {
        const bad = text.slice(read.end, read.end + 2).trimEnd();
        read.badEscapes.push({ offset: read.end - start, text: bad });
      }
      read.end += sequence?.length ?? 1;
      // An unknown escape may be the quote of a single-quoted string.
      if (sequence === undefined && quote === "'" && text.charAt(read.end) === quote) read.end++;
      continue;
    }
    read.end++;
    if (char === quote) return { ...read, closed: true };
  }
  return read;
}

/** The text that a string token stands for. */
export function unquoteAlloy(raw: string): string {
  if (raw.startsWith('`'))
    return raw.slice(1, raw.endsWith('`') && raw.length > 1 ? -1 : undefined).replaceAll('\r', '');
  const body = raw.slice(1, raw.endsWith('"') && raw.length > 1 ? -1 : undefined);
  return body.replace(
    /\\(?:([abfnrtv\\"])|([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g,
    (whole, simple?: string, octal?: string, ...hex: (string | undefined)[]) => {
      if (simple !== undefined) return SIMPLE_ESCAPES[simple] ?? simple;
      const code =
        octal === undefined
          ? Number.parseInt(hex.slice(0, 3).find((digits) => digits) ?? '', 16)
          : Number.parseInt(octal, 8);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
