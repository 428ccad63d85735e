/** Longest answer that is kept in results, in characters. */
export const LONGEST_ANSWER = 4000;
const LONGEST_REQUEST = 1500;

/** Cuts the middle out of a long text and says how much is gone; both ends tell more than the start alone. */
export function cut(text: string, longest: number = LONGEST_ANSWER): string {
  if (text.length <= longest) return text;
  const head = Math.floor(longest * 0.75);
  const tail = longest - head;
  const gone = text.length - head - tail;
  return `${wellFormed(text.slice(0, head))}… (${gone} characters left out) …${wellFormed(text.slice(-tail))}`;
}

export function cutRequest(text: string): string {
  return cut(text, LONGEST_REQUEST);
}

/** Lone surrogates (a cut can make them) cannot be encoded in a URL or as UTF-8: they become U+FFFD. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
