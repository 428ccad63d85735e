import { stripVTControlCharacters } from 'node:util';

/**
 * Text that comes from outside (engine logs, answers, configuration) as text that is safe to show: no escape
 * sequences, no control characters but line breaks, nothing that turns the reading direction round, well-formed.
 * What is taken away is shown as `\x07` or `\u202e`, since it may be the very thing that is wrong.
 */
export function plainText(text: string): string {
  if (SAFE.test(text)) return text;
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', '  ')
    .replace(/[\p{Cc}\u2028\u2029\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, escaped)
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** As {@link plainText}, on one line. */
export function plainLine(text: string): string {
  const line = plainText(text);
  return line.includes('\n') ? line.replace(/\s*\n\s*/g, ' ').trim() : line;
}

const SAFE = /^[\x20-\x7e]*$/;

function escaped(character: string): string {
  if (character === '\n') return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** The beginning of a long text, with a word on what is left out. */
export function excerpt(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}… (${text.length - most} more characters)`;
}

/** `12 ms`, `0.4 s`, `14.2 s`, `3 min 07 s`. */
export function seconds(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '0.0 s';
  if (ms > 0 && ms < 99.5) return `${Math.max(1, Math.round(ms))} ms`;
  if (ms < 119_950) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  if (whole < 7200) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}
