import type {
  Attributes,
  Exemplar,
  ExponentialPoint,
  HistogramPoint,
  Metric,
  MetricData,
  NumberPoint,
  SummaryPoint,
} from '../types.ts';
import { nsOf, STEP_MS, STEPS } from './clock.ts';
import { ofRun, scopeOf } from './shop.ts';

/** What the points of a run's metrics have in common. */
export interface Frame {
  readonly runId: string;
  readonly t0Ms: number;
}

/** First and last step at which a series has points. */
export interface StepRange {
  readonly from?: number;
  readonly to?: number;
}

function stepsOf(range: StepRange = {}): readonly number[] {
  const from = range.from ?? 0;
  const to = range.to ?? STEPS;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function timeOf(frame: Frame, step: number): bigint {
  return nsOf(frame.t0Ms + step * STEP_MS);
}

/** The attributes of a data point: the run, and the service as promotion of `service.name` would write it. */
export function labelsOf(frame: Frame, service: string, attributes: Attributes = {}): Attributes {
  return ofRun(frame.runId, { service_name: service, ...attributes });
}

/** One number a step. `exemplar` may hand over one for a step. */
export function numbers(
  frame: Frame,
  attributes: Attributes,
  value: (step: number) => number,
  options: StepRange & {
    readonly exemplar?: (step: number) => Exemplar | undefined;
    readonly endsStale?: boolean;
  } = {},
): readonly NumberPoint[] {
  const startNs = timeOf(frame, options.from ?? 0);
  const points = stepsOf(options).map((step): NumberPoint => {
    const exemplar = options.exemplar?.(step);
    return {
      startNs,
      timeNs: timeOf(frame, step),
      attributes,
      value: value(step),
      ...(exemplar === undefined ? {} : { exemplars: [exemplar] }),
    };
  });
  if (options.endsStale !== true) return points;
  const timeNs = timeOf(frame, (options.to ?? STEPS) + 1);
  return [...points, { startNs, timeNs, attributes, value: 0, noRecordedValue: true }];
}

/** A cumulative histogram that takes the same observations at every step; empty at step 0. */
export function histogramPoints(
  frame: Frame,
  attributes: Attributes,
  perStep: { readonly buckets: readonly number[]; readonly sum: number },
  exemplars: (step: number) => readonly Exemplar[] = () => [],
): readonly HistogramPoint[] {
  const count = perStep.buckets.reduce((sum, bucket) => sum + bucket, 0);
  return stepsOf().map((step) => {
    const found = exemplars(step);
    return {
      startNs: timeOf(frame, 0),
      timeNs: timeOf(frame, step),
      attributes,
      count: count * step,
      sum: perStep.sum * step,
      bucketCounts: perStep.buckets.map((bucket) => bucket * step),
      ...(found.length === 0 ? {} : { exemplars: found }),
    };
  });
}

export interface ExponentialStep {
  readonly scale: number;
  readonly zeroCount: number;
  readonly sum: number;
  readonly positive: ExponentialPoint['positive'];
  readonly negative: ExponentialPoint['negative'];
}

/** A cumulative exponential histogram that takes the same observations at every step; empty at step 0. */
export function exponentialPoints(
  frame: Frame,
  attributes: Attributes,
  perStep: ExponentialStep,
  exemplars: (step: number) => readonly Exemplar[] = () => [],
): readonly ExponentialPoint[] {
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const count = perStep.zeroCount + total(perStep.positive.counts) + total(perStep.negative.counts);
  return stepsOf().map((step) => {
    const found = exemplars(step);
    const grown = (buckets: ExponentialPoint['positive']): ExponentialPoint['positive'] => ({
      offset: buckets.offset,
      counts: buckets.counts.map((bucket) => bucket * step),
    });
    return {
      startNs: timeOf(frame, 0),
      timeNs: timeOf(frame, step),
      attributes,
      scale: perStep.scale,
      zeroCount: perStep.zeroCount * step,
      zeroThreshold: 0,
      count: count * step,
      sum: perStep.sum * step,
      positive: grown(perStep.positive),
      negative: grown(perStep.negative),
      ...(found.length === 0 ? {} : { exemplars: found }),
    };
  });
}

export function summaryPoints(
  frame: Frame,
  attributes: Attributes,
  perStep: { readonly count: number; readonly sum: number },
  quantiles: SummaryPoint['quantiles'],
): readonly SummaryPoint[] {
  return stepsOf().map((step) => ({
    startNs: timeOf(frame, 0),
    timeNs: timeOf(frame, step),
    attributes,
    count: perStep.count * step,
    sum: perStep.sum * step,
    quantiles,
  }));
}

export function metricOf(service: string, name: string, unit: string, description: string, data: MetricData): Metric {
  return { resource: service, scope: scopeOf(service), name, description, unit, data };
}
