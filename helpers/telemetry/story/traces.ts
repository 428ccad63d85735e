import type { Span } from '../types.ts';
import { SPANS_FROM_MS, SPANS_UNTIL_MS } from './clock.ts';
import { batchJob, browse, checkout, consume, deep, LONGEST_MS, type ShapeInput, wide } from './shapes.ts';

/** How many traces of each shape. */
export interface TraceMix {
  readonly browse: number;
  readonly slow: number;
  readonly paid: number;
  readonly retried: number;
  readonly declined: number;
  readonly consume: number;
  readonly batch: number;
  readonly batchFailed: number;
  readonly deepLevels: number;
  readonly wideChildren: number;
}

/** 144 traces, 733 spans. */
export const NORMAL_MIX: TraceMix = {
  browse: 90,
  slow: 6,
  paid: 24,
  retried: 8,
  declined: 6,
  consume: 4,
  batch: 3,
  batchFailed: 1,
  deepLevels: 30,
  wideChildren: 60,
};

/** For stacks that are somebody's: few, and no error, since a pushed error pages people. */
export const SMALL_MIX: TraceMix = {
  browse: 5,
  slow: 0,
  paid: 2,
  retried: 0,
  declined: 0,
  consume: 1,
  batch: 1,
  batchFailed: 0,
  deepLevels: 5,
  wideChildren: 5,
};

type Shape =
  | 'browse'
  | 'slow'
  | 'paid'
  | 'retried'
  | 'declined'
  | 'consume'
  | 'batch'
  | 'batchFailed'
  | 'deep'
  | 'wide';

/** The spans of a story, trace after trace; starts are spread evenly over the story's last 45 s. */
export function makeTraces(key: string, runId: string, t0Ms: number, mix: TraceMix): readonly Span[] {
  const shapes = shapesOf(mix);
  const spans: Span[] = [];
  const producers: Span[] = [];
  const room = SPANS_UNTIL_MS - SPANS_FROM_MS - LONGEST_MS;
  let consumed = 0;
  shapes.forEach((shape, index) => {
    const startMs = t0Ms + SPANS_FROM_MS + Math.floor((index * room) / shapes.length);
    const made = build(shape, { key, runId, index, startMs }, mix, () => {
      const share = Math.ceil(producers.length / Math.max(mix.consume, 1));
      return producers.slice(share * consumed, share * ++consumed);
    });
    producers.push(...made.filter((span) => span.kind === 'producer'));
    spans.push(...made);
  });
  return spans;
}

/** Consumers come last, because they link to what was produced before. */
function shapesOf(mix: TraceMix): readonly Shape[] {
  const of = (shape: Shape, count: number): Shape[] => Array.from({ length: count }, () => shape);
  return [
    ...of('browse', mix.browse),
    ...of('slow', mix.slow),
    ...of('paid', mix.paid),
    ...of('retried', mix.retried),
    ...of('declined', mix.declined),
    ...of('batch', mix.batch),
    ...of('batchFailed', mix.batchFailed),
    ...of('deep', mix.deepLevels > 0 ? 1 : 0),
    ...of('wide', mix.wideChildren > 0 ? 1 : 0),
    ...of('consume', mix.consume),
  ];
}

function build(shape: Shape, input: ShapeInput, mix: TraceMix, producers: () => readonly Span[]): readonly Span[] {
  switch (shape) {
    case 'browse':
      return browse(input);
    case 'slow':
      return browse(input, true);
    case 'paid':
    case 'retried':
    case 'declined':
      return checkout(input, shape);
    case 'batch':
      return batchJob(input, false);
    case 'batchFailed':
      return batchJob(input, true);
    case 'deep':
      return deep(input, mix.deepLevels);
    case 'wide':
      return wide(input, mix.wideChildren);
    case 'consume':
      return consume(input, producers());
  }
}
