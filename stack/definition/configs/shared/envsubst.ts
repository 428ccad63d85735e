import type { Position } from '../../position.ts';
import { lineAndColumn, lineStarts, TextMap, type TextSegment } from './text-positions.ts';

/** A text with its variables put in, and the way back to the places in the file. */
export interface ExpandedText {
  readonly text: string;
  /** What the engine refuses: an unclosed brace, a name that is none. */
  readonly problems: readonly { readonly message: string; readonly at: Position }[];
  /** Variables that have neither a value nor a default: nothing stands in their place. */
  readonly unset: readonly { readonly name: string; readonly at: Position }[];
  readonly map: TextMap;
}

/** Operators after which the rest, up to the closing brace, stands in for an empty variable. */
const DEFAULT_OPERATOR = /^(:-|:=|:\?|:\+|=)/;

/**
 * Expands variables as Loki, Tempo and Pyroscope do under `-config.expand-env=true`: `${X}`, `${X:-default}` (an empty
 * value counts as unset), `$$` for a dollar sign; `$X` stays as it is. As in the library that they use, `:=`, `=`, `:?`
 * and `:+` all act like `:-`, and `${X:d}` is a (failing) substring, not a default. Replacement and trimming forms
 * (`${X#y}`, `${X%y}`, `${X/a/b}`) are not computed: the whole value is taken.
 *
 * @see https://pkg.go.dev/github.com/drone/envsubst
 */
export function expandEnvsubst(
  text: string,
  file: string,
  variable: (name: string) => string | undefined,
): ExpandedText {
  const starts = lineStarts(text);
  const place = (offset: number): Position => ({ file, ...lineAndColumn(starts, offset) });
  const problems: { message: string; at: Position }[] = [];
  const unset: { name: string; at: Position }[] = [];
  const segments: TextSegment[] = [];
  let result = '';
  let copied = 0;

  const copy = (until: number): void => {
    if (until > copied) {
      segments.push({ start: result.length, length: until - copied, origin: copied, replaced: false });
      result += text.slice(copied, until);
    }
    copied = until;
  };
  const put = (value: string, origin: number, next: number): void => {
    segments.push({ start: result.length, length: value.length, origin, replaced: true });
    result += value;
    copied = next;
  };

  let index = text.indexOf('$');
  while (index >= 0) {
    const next = text.charAt(index + 1);
    if (next === '$') {
      copy(index + 1);
      copied = index + 2;
    } else if (next === '{') {
      const substitution = substitute(text, index, variable);
      if ('error' in substitution) {
        problems.push({ message: substitution.error, at: place(index) });
        copy(index + 2);
      } else {
        copy(index);
        put(substitution.value, index, substitution.end);
        for (const name of substitution.unset) unset.push({ name, at: place(index) });
      }
    } else copy(index + 1);
    index = text.indexOf('$', copied);
  }
  copy(text.length);
  return { text: result, problems, unset, map: new TextMap(text, result, segments) };
}

type Substitution =
  | { readonly value: string; readonly end: number; readonly unset: readonly string[] }
  | { readonly error: string };

function substitute(text: string, start: number, variable: (name: string) => string | undefined): Substitution {
  const head = /^\$\{(#?)([A-Za-z0-9_]+)/.exec(text.slice(start, start + 300));
  if (head === null)
    return { error: 'A variable reference (dollar and brace) is not followed by a name of letters, digits and "_".' };
  const [opening, length = '', name = ''] = head;
  const given = variable(name) ?? '';
  const bodyStart = start + opening.length;
  const rest = text.slice(bodyStart);
  const missing = given === '' ? [name] : [];
  if (rest.startsWith('}')) {
    const value = length === '' ? given : String(given.length);
    return { value, end: bodyStart + 1, unset: length === '' ? missing : [] };
  }
  const operator = DEFAULT_OPERATOR.exec(rest)?.[0];
  if (operator !== undefined) {
    const inner = argument(text, bodyStart + operator.length, variable);
    if ('error' in inner) return inner;
    return given === '' ? inner : { value: given, end: inner.end, unset: [] };
  }
  const other = /^(:|,,?|\^\^?|##?|%%?|\/[/#%]?)([^}\n]*)\}/.exec(rest);
  if (other === null) return { error: `The reference to the variable ${name} is not closed with "}".` };
  const [written, function_ = '', words = ''] = other;
  return { value: applied(given, function_, words), end: bodyStart + written.length, unset: missing };
}

function applied(value: string, name: string, words: string): string {
  if (name === ':') return substring(value, words.split(':'));
  if (name === ',,') return value.toLowerCase();
  if (name === '^^') return value.toUpperCase();
  if (name === ',') return value.charAt(0).toLowerCase() + value.slice(1);
  if (name === '^') return value.charAt(0).toUpperCase() + value.slice(1);
  return value;
}

function substring(value: string, [from = '', count]: readonly string[]): string {
  const start = Number.parseInt(from, 10);
  if (Number.isNaN(start) || start < 0 || start > value.length) return value;
  const length = count === undefined ? undefined : Number.parseInt(count, 10);
  return value.slice(start, length === undefined || Number.isNaN(length) ? undefined : start + length);
}

/** The words of a default up to its brace, with references in them expanded. */
function argument(text: string, start: number, variable: (name: string) => string | undefined): Substitution {
  let value = '';
  const unset: string[] = [];
  let index = start;
  while (index < text.length) {
    const char = text.charAt(index);
    if (char === '}') return { value, end: index + 1, unset };
    if (char === '$' && text.charAt(index + 1) === '{') {
      const inner = substitute(text, index, variable);
      if ('error' in inner) return inner;
      value += inner.value;
      unset.push(...inner.unset);
      index = inner.end;
    } else {
      value += char;
      index++;
    }
  }
  return { error: 'A variable reference (dollar and brace) is not closed with "}".' };
}
