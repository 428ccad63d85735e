import type { AlterationRecord } from './alterations.ts';

/** Longer fragments of JSON are quoted by no message. */
const LONGEST_QUOTE = 200;

/**
 * Whether a message names the datum that was altered, as whole words: for a changed value, its old or its new value;
 * for a row, line or span that is gone, new or out of place, a word that identifies it. A changed time can be said in
 * other units, so there the words that identify its row do too.
 */
export function namesDatum(record: AlterationRecord, message: string): boolean {
  const { alteration, before, after, names } = record;
  const says = (word: string): boolean => saysWord(message, word);
  const isValue = before !== '' && after !== '' && before.length <= LONGEST_QUOTE && !alteration.startsWith('reorder-');
  if (!isValue) return names.some(says);
  if (says(before) || says(after)) return true;
  const isTime = alteration === 'shift-time' || alteration === 'shift-span-end';
  return isTime && names.some((name) => name !== before && name !== after && says(name));
}

/** As a word or number of its own: 7 is not said by 27, 7.5 or 0.7. */
function saysWord(message: string, word: string): boolean {
  const before = /^\w/.test(word) ? String.raw`(?<!\w)(?<!\d\.)` : '';
  const after = /\w$/.test(word) ? String.raw`(?!\w)(?!\.\d)` : '';
  const literal = word.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
  return new RegExp(`${before}${literal}${after}`).test(message);
}
