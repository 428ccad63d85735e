/** A word, and where it begins in the line. */
export interface ShellWord {
  readonly text: string;
  readonly offset: number;
}

/**
 * Splits a command written as one string into words, as compose does: quotes and backslashes are the shell's,
 * variables and globs are not expanded, and everything from an unquoted `;`, `&`, `|`, `<` or `>` on is dropped.
 * Undefined where a quote is not closed, or a `(` stands outside quotes.
 *
 * @see https://github.com/mattn/go-shellwords
 */
export function splitShellWords(line: string): ShellWord[] | undefined {
  const words: ShellWord[] = [];
  let word: { text: string; offset: number } | undefined;
  let quote: '"' | "'" | '`' | '(' | undefined;
  let escaped = false;
  const extend = (text: string, offset: number) => {
    word ??= { text: '', offset };
    word.text += text;
  };
  for (let i = 0; i < line.length; i++) {
    const char = line[i] ?? '';
    if (escaped) {
      extend(char, i - 1);
      escaped = false;
    } else if (char === '\\' && quote !== "'") {
      escaped = true;
    } else if (/\s/.test(char)) {
      if (quote !== undefined) extend(char, i);
      else if (word !== undefined) {
        words.push(word);
        word = undefined;
      }
    } else if ((char === '"' || char === "'") && (quote === undefined || quote === char)) {
      extend('', i);
      quote = quote === undefined ? char : undefined;
    } else if (char === '`' && (quote === undefined || quote === '`')) {
      extend(char, i);
      quote = quote === undefined ? '`' : undefined;
    } else if (char === '(' && (quote === undefined || quote === '(')) {
      if (quote === '(' || !word?.text.endsWith('$')) return undefined;
      extend(char, i);
      quote = '(';
    } else if (char === ')' && (quote === undefined || quote === '(')) {
      // A lone closing bracket opens, in the library that compose uses; the line then does not end well.
      extend(char, i);
      quote = quote === undefined ? '(' : undefined;
    } else if (quote === undefined && /[;&|<>]/.test(char)) {
      if (char === '>' && /^[0-9]/.test(word?.text ?? '')) word = undefined;
      break;
    } else extend(char, i);
  }
  if (escaped || quote !== undefined) return undefined;
  if (word !== undefined) words.push(word);
  return words;
}
