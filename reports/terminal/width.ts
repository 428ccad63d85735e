import stringWidth from 'string-width';

const ASCII = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns that a text without escape sequences takes on a terminal. */
export function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** At most `width` columns; what is cut off is shown by `ellipsis`. */
export function truncate(text: string, width: number, ellipsis = '…'): string {
  if (widthOf(text) <= width) return text;
  const mark = widthOf(ellipsis) <= width ? ellipsis : '';
  return `${head(text, width - widthOf(mark))}${mark}`;
}

/** Exactly `width` columns: cut, or filled with spaces. */
export function padTo(text: string, width: number, ellipsis = '…'): string {
  const cut = truncate(text, width, ellipsis);
  return cut + ' '.repeat(Math.max(0, width - widthOf(cut)));
}

/** Lines of at most `width` columns, broken between words where that is possible. Line breaks in the text stay. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
}

function wrapLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line.trimEnd()];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<= )(?=[^ ])/)) {
    if (widthOf(current + word.trimEnd()) <= width) {
      current += word;
      continue;
    }
    if (widthOf(word) > width && widthOf(current) < width / 2) current += word;
    else {
      if (current.trim() !== '') lines.push(current.trimEnd());
      current = word;
    }
    while (widthOf(current.trimEnd()) > width) {
      // A character may be wider than the line is; it has to go somewhere.
      const part = head(current, width) || [...current].slice(0, 1).join('');
      lines.push(part);
      current = current.slice(part.length);
    }
  }
  if (current.trim() !== '') lines.push(current.trimEnd());
  return lines.length === 0 ? [''] : lines;
}

/** As much of the beginning as fits. */
export function head(text: string, width: number): string {
  if (ASCII.test(text)) return text.slice(0, Math.max(0, width));
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = widthOf(segment);
    if (used + next > width) break;
    taken += segment;
    used += next;
  }
  return taken;
}
