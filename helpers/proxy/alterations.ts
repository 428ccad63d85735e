import { type AnswerKind, type AnswerView, viewOf } from './answer-view.ts';
import type { Candidate } from './candidate.ts';
import { type JsonNode, parseJsonText, splice } from './json-text.ts';
import * as rows from './row-alterations.ts';
import * as texts from './text-alterations.ts';
import * as traces from './trace-alterations.ts';

/** What was done to an answer, so that a test can demand that the verdict's message names it. */
export interface AlterationRecord {
  readonly alteration: AlterationName;
  readonly kind: AnswerKind;
  /** JSON path of the datum, or `line N (key)` in a text. */
  readonly path: string;
  /** Empty: it was not there. */
  readonly before: string;
  /** Empty: it is gone. */
  readonly after: string;
  /** Words by which a message can name the datum; at least one of them should be in it. */
  readonly names: readonly string[];
}

export interface AlteredAnswer {
  readonly body: string;
  readonly record: AlterationRecord;
}

interface Answer {
  readonly text: string;
  readonly kind: AnswerKind;
  readonly root: JsonNode | undefined;
  readonly view: AnswerView | undefined;
}

interface Alteration {
  readonly kinds: readonly AnswerKind[];
  readonly candidates: (answer: Answer) => readonly Candidate[];
}

const onRows =
  (of: (view: AnswerView, text: string) => readonly Candidate[]) =>
  ({ view, text }: Answer): readonly Candidate[] =>
    view === undefined ? [] : of(view, text);
const onRoot =
  (of: (root: JsonNode, text: string) => readonly Candidate[]) =>
  ({ root, text }: Answer): readonly Candidate[] =>
    root === undefined ? [] : of(root, text);
const onText =
  (of: (text: string) => readonly Candidate[]) =>
  ({ text }: Answer): readonly Candidate[] =>
    of(text);

const SERIES: readonly AnswerKind[] = ['vector', 'matrix', 'streams', 'exemplars', 'trace-metrics'];
const LISTS: readonly AnswerKind[] = [...SERIES, 'label-sets', 'strings', 'objects'];

const ALTERATIONS = {
  'drop-row': { kinds: LISTS, candidates: onRows(rows.dropRow) },
  'add-row': { kinds: LISTS, candidates: onRows(rows.addRow) },
  /** Only where the order is promised: `sort()`, `topk` over lines, targets are not. */
  'reorder-rows': { kinds: LISTS, candidates: onRows(rows.swapRows) },
  'empty-result': { kinds: LISTS, candidates: onRows(rows.emptyResult) },
  'shift-value': {
    kinds: ['vector', 'matrix', 'scalar', 'string', 'exemplars', 'trace-metrics'],
    candidates: onRows(rows.shiftValue),
  },
  'shift-time': { kinds: [...SERIES, 'scalar'], candidates: onRows(rows.shiftTime) },
  'drop-point': { kinds: ['matrix', 'exemplars', 'trace-metrics'], candidates: onRows(rows.dropPoint) },
  'rename-label': { kinds: [...SERIES, 'label-sets'], candidates: onRows(rows.renameLabel) },
  'change-label': { kinds: [...SERIES, 'label-sets'], candidates: onRows(rows.changeLabel) },
  'change-name': { kinds: ['strings'], candidates: onRows(rows.changeName) },
  'drop-line': { kinds: ['streams'], candidates: onRows(rows.dropPoint) },
  'change-line': { kinds: ['streams'], candidates: onRows(rows.changeLine) },
  'reorder-lines': { kinds: ['streams'], candidates: onRows(rows.swapPoints) },
  'change-metadata': { kinds: ['streams', 'exemplars'], candidates: onRows(rows.changeMetadata) },
  'drop-metadata': { kinds: ['streams', 'exemplars'], candidates: onRows(rows.dropMetadata) },
  'drop-span': { kinds: ['trace'], candidates: onRoot(traces.dropSpan) },
  'rename-span': { kinds: ['trace'], candidates: onRoot(traces.renameSpan) },
  'change-span-kind': { kinds: ['trace'], candidates: onRoot(traces.changeSpanKind) },
  'change-span-parent': { kinds: ['trace'], candidates: onRoot(traces.changeSpanParent) },
  'change-span-attribute': { kinds: ['trace'], candidates: onRoot(traces.changeSpanAttribute) },
  'change-span-status': { kinds: ['trace'], candidates: onRoot(traces.changeSpanStatus) },
  'change-resource-attribute': { kinds: ['trace'], candidates: onRoot(traces.changeResourceAttribute) },
  'shift-span-end': { kinds: ['trace'], candidates: onRoot(traces.shiftSpanEnd) },
  'drop-span-event': { kinds: ['trace'], candidates: onRoot(traces.dropSpanEvent) },
  'drop-span-link': { kinds: ['trace'], candidates: onRoot(traces.dropSpanLink) },
  'change-field': { kinds: ['objects', 'document'], candidates: onRoot(texts.changeField) },
  'change-config-value': { kinds: ['config-text'], candidates: onText(texts.changeConfigValue) },
  'shift-sample': { kinds: ['metrics-text'], candidates: onText(texts.shiftSample) },
  'drop-sample': { kinds: ['metrics-text'], candidates: onText(texts.dropSample) },
} as const satisfies Record<string, Alteration>;

export type AlterationName = keyof typeof ALTERATIONS;

export function isAlterationName(name: string): name is AlterationName {
  return Object.hasOwn(ALTERATIONS, name);
}

export const ALTERATION_NAMES: readonly AlterationName[] = Object.keys(ALTERATIONS).filter(isAlterationName);

/** The alterations that make sense for a kind of answer. */
export function alterationsFor(kind: AnswerKind): readonly AlterationName[] {
  return ALTERATION_NAMES.filter((name) => alterationOf(name).kinds.includes(kind));
}

/** What an answer is about, by its shape. */
export function answerKindOf(body: string): AnswerKind {
  return read(body).kind;
}

/**
 * Touches exactly one datum of an answer; every other byte stays. The same (body, name, seed) gives the same answer,
 * and seeds from 0 to `countOf − 1` go through all data of the answer that the alteration can touch.
 * @returns undefined where the answer has nothing of the kind.
 */
export function alter(body: string, alteration: AlterationName, seed = 0): AlteredAnswer | undefined {
  const answer = read(body);
  if (!alterationOf(alteration).kinds.includes(answer.kind)) return undefined;
  const candidates = alterationOf(alteration).candidates(answer);
  const chosen = candidates[((seed % candidates.length) + candidates.length) % candidates.length];
  if (chosen === undefined) return undefined;
  const { path, before, after, names, splices } = chosen;
  return { body: splice(body, splices), record: { alteration, kind: answer.kind, path, before, after, names } };
}

/** How many data of the answer the alteration can touch. */
export function countOf(body: string, alteration: AlterationName): number {
  return candidatesOf(body, alteration).length;
}

/** Where each datum lies that an alteration could touch, and how a message can name it; the index is the seed. */
export function candidatesOf(
  body: string,
  alteration: AlterationName,
): readonly Pick<AlterationRecord, 'path' | 'names'>[] {
  const answer = read(body);
  const { kinds, candidates } = alterationOf(alteration);
  return kinds.includes(answer.kind) ? candidates(answer) : [];
}

function alterationOf(name: AlterationName): Alteration {
  return ALTERATIONS[name];
}

function read(text: string): Answer {
  if (/^\s*[[{]/.test(text)) {
    try {
      const root = parseJsonText(text);
      const view = viewOf(root);
      return { text, root, view, kind: view.kind };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  const none = { text, root: undefined, view: undefined };
  if (/^# (HELP|TYPE) /m.test(text)) return { ...none, kind: 'metrics-text' };
  return { ...none, kind: /^[\w.-]+:(\s|$)/m.test(text) ? 'config-text' : 'other' };
}
