import type { JsonNode, Splice } from './json-text.ts';

/** One way to touch one datum of an answer. */
export interface Candidate {
  /** JSON path of the datum, or `line N` in a text. */
  readonly path: string;
  readonly before: string;
  /** Empty: the datum is gone. */
  readonly after: string;
  /** Words by which a message can name the datum: its value before and after, the labels of its series. */
  readonly names: readonly string[];
  readonly splices: readonly Splice[];
}

/** The text of a node as a reader would say it: strings without quotes. */
export function said(node: JsonNode, text: string): string {
  return node.kind === 'string' ? node.value : text.slice(node.start, node.end);
}

/** A number, string or boolean that is certain to be told from the one given, of the same JSON type. */
export function changed(node: JsonNode, text: string): string | undefined {
  const value = said(node, text);
  switch (node.kind) {
    case 'string':
      return JSON.stringify(
        isHexId(value) ? otherId(value) : isNumeric(value) ? shiftedNumber(value) : `${value}-altered`,
      );
    case 'number':
      return shiftedNumber(value);
    case 'boolean':
      return value === 'true' ? 'false' : 'true';
    default:
      return undefined;
  }
}

/** By at least 1 and at least 1 %, so that no tolerance can swallow it; an integer stays one, however large. */
export function shiftedNumber(text: string): string {
  if (/^-?\d+$/.test(text)) {
    const integer = BigInt(text);
    const step = (integer < 0n ? -integer : integer) / 100n;
    return String(integer + (step > 1n ? step : 1n));
  }
  const value = Number(text);
  if (!Number.isFinite(value)) return '1';
  return String(value + Math.max(1, Math.abs(value) * 0.01));
}

/** One second later, whatever unit the magnitude shows: seconds, milliseconds, microseconds or nanoseconds. */
export function oneSecondLater(node: JsonNode, text: string): string | undefined {
  const written = said(node, text);
  if (!isNumeric(written) || (node.kind !== 'string' && node.kind !== 'number')) return undefined;
  const magnitude = Math.abs(Number(written));
  const unit = magnitude >= 1e17 ? 1_000_000_000n : magnitude >= 1e14 ? 1_000_000n : magnitude >= 1e11 ? 1000n : 1n;
  const later = /^-?\d+$/.test(written)
    ? String(BigInt(written) + unit)
    : String(Number((Number(written) + Number(unit)).toFixed(3)));
  return node.kind === 'string' ? JSON.stringify(later) : later;
}

/** A trace or span id; one of digits alone cannot be told from a number, and is as well off as one. */
function isHexId(text: string): boolean {
  return /^[0-9a-f]{15,32}$/i.test(text) && /[a-f]/i.test(text);
}

/** Another id of the same form: "0" and "1" are digits of hex and of base64 alike. */
export function otherId(id: string): string {
  return `${id.startsWith('0') ? '1' : '0'}${id.slice(1)}`;
}

/** A text that is certain to be told from the one given; an id stays an id. */
export function otherText(text: string, suffix: string): string {
  return isHexId(text) ? otherId(text) : `${text}${suffix}`;
}

export function isNumeric(text: string): boolean {
  return (text !== '' && !Number.isNaN(Number(text))) || /^(NaN|[+-]?Inf)$/.test(text);
}

/** Replaces one node. Nothing where the new text is undefined or the same. */
export function replacing(
  node: JsonNode,
  newText: string | undefined,
  text: string,
  path: string,
  names: readonly string[],
): readonly Candidate[] {
  if (newText === undefined || newText === text.slice(node.start, node.end)) return [];
  const before = said(node, text);
  const parsed: unknown = JSON.parse(newText);
  const after = typeof parsed === 'string' ? parsed : newText;
  const splices = [{ start: node.start, end: node.end, text: newText }];
  return [{ path, before, after, names: distinct([before, after, ...names]), splices }];
}

export function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words.filter((word) => word !== ''))];
}
