import { widthOf } from './width.ts';

/**
 * Breaks a shell command over lines of at most `width` columns so that it can still be copied and run: between words
 * with ` \`, and inside a word that is too long by closing the quote, a backslash at the end of the line, and no
 * indentation on the next. The shell reads the same arguments (POSIX shell, 2.2 Quoting).
 *
 * @param indent columns of white space that the caller puts before the first line
 */
export function wrapShell(command: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of wordsOf(command)) {
    const fits = widthOf(line) + (empty ? 0 : 1) + widthOf(word) <= width - 2;
    if (fits) {
      line += (empty ? '' : ' ') + word;
      empty = false;
      continue;
    }
    if (!empty) lines.push(`${line} \\`);
    line = `${indent}  `;
    if (widthOf(line) + widthOf(word) <= width - 2) line += word;
    else line = breakWord(word, width, line, lines);
    empty = false;
  }
  lines.push(line);
  return lines;
}

type Quote = "'" | '"' | '';

/** Splits at white space that is not quoted; quotes and backslashes stay in the words. */
function wordsOf(command: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const { text, quote } of atomsOf(command)) {
    if (quote === '' && /^\s$/.test(text)) {
      if (word !== '') words.push(word);
      word = '';
    } else word += text;
  }
  if (word !== '') words.push(word);
  return words;
}

interface Atom {
  readonly text: string;
  /** The quote that is open before and after it. */
  readonly quote: Quote;
}

/** The pieces that may not be torn: one character, an escaped character, or a quotation mark. */
function* atomsOf(command: string): Generator<Atom> {
  const characters = [...command];
  let quote: Quote = '';
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] ?? '';
    if (character === '\\' && quote !== "'" && i + 1 < characters.length) {
      i += 1;
      yield { text: `\\${characters[i]}`, quote };
    } else if ((character === "'" || character === '"') && (quote === '' || quote === character)) {
      quote = quote === '' ? character : '';
      yield { text: character, quote: quote === '' ? character : quote };
    } else yield { text: character, quote };
  }
}

/** Pushes the full lines of a word that is longer than a line, and returns what is left for the last. */
function breakWord(word: string, width: number, start: string, lines: string[]): string {
  let line = start;
  let open: Quote = '';
  for (const { text, quote } of atomsOf(word)) {
    const closing: number = open === "'" ? 2 : 1;
    if (widthOf(line) + widthOf(text) + closing > width - 1) {
      // Inside single quotes a backslash is only a backslash, so the quote is closed around the break.
      lines.push(open === "'" ? `${line}'\\` : `${line}\\`);
      line = open === "'" ? "'" : '';
    }
    line += text;
    const isMark: boolean = text === quote && quote !== '';
    if (isMark) open = open === '' ? quote : '';
  }
  return line;
}
