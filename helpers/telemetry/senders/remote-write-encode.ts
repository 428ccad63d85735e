import { type LongBits, longBits } from '../otlp/dialect.ts';
import type { BucketRun, NativeHistogram } from '../translation/native-histogram.ts';
import type { PrometheusSample, PrometheusSeries } from '../translation/prometheus.ts';
import { writeRequestType } from './remote-write-schema.ts';

const TYPE: Readonly<Record<PrometheusSeries['type'], number>> = { counter: 1, gauge: 2, histogram: 3, summary: 5 };

/** The NaN that ends a series (`value.StaleNaN`); every other NaN is an ordinary value. */
const STALE_NAN: LongBits = longBits(0x7ff0000000000002n);
const NAN: LongBits = longBits(0x7ff8000000000001n);

const scratch = new DataView(new ArrayBuffer(8));

function valueBits(sample: PrometheusSample): LongBits {
  if (sample.stale === true) return STALE_NAN;
  if (Number.isNaN(sample.value)) return NAN;
  scratch.setFloat64(0, sample.value);
  return { low: scratch.getInt32(4), high: scratch.getInt32(0), unsigned: false };
}

/** `prometheus.WriteRequest`, not compressed. */
export function writeRequestV1(series: readonly PrometheusSeries[]): Uint8Array {
  const families = new Map(series.map((one) => [one.family, one]));
  return writeRequestType('v1')
    .encode({
      timeseries: series.map((one) => ({
        labels: labelPairs(one).map(([name, value]) => ({ name, value })),
        samples: samplesOf(one),
        exemplars: one.exemplars.map(({ labels, value, tMs }) => ({
          labels: sorted(labels).map(([name, text]) => ({ name, value: text })),
          value,
          timestamp: longBits(tMs),
        })),
        histograms: histogramsOf(one),
      })),
      metadata: [...families.values()].map((one) => ({
        type: TYPE[one.type],
        metricFamilyName: one.family,
        help: one.help,
        unit: one.unit,
      })),
    })
    .finish();
}

/** `io.prometheus.write.v2.Request`, not compressed: every text once, in a table. */
export function writeRequestV2(series: readonly PrometheusSeries[]): Uint8Array {
  const symbols = new Map<string, number>([['', 0]]);
  const refOf = (text: string): number => {
    const known = symbols.get(text);
    if (known !== undefined) return known;
    symbols.set(text, symbols.size);
    return symbols.size - 1;
  };
  const refs = (pairs: readonly (readonly [string, string])[]): readonly number[] =>
    pairs.flatMap(([name, value]) => [refOf(name), refOf(value)]);
  const timeseries = series.map((one) => ({
    labelsRefs: refs(labelPairs(one)),
    samples: samplesOf(one),
    histograms: histogramsOf(one),
    exemplars: one.exemplars.map(({ labels, value, tMs }) => ({
      labelsRefs: refs(sorted(labels)),
      value,
      timestamp: longBits(tMs),
    })),
    metadata: { type: TYPE[one.type], helpRef: refOf(one.help), unitRef: refOf(one.unit) },
  }));
  return writeRequestType('v2')
    .encode({ symbols: [...symbols.keys()], timeseries })
    .finish();
}

function sorted(labels: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
}

function labelPairs(series: PrometheusSeries): readonly (readonly [string, string])[] {
  return sorted({ ...series.labels, __name__: series.name });
}

function samplesOf(series: PrometheusSeries): readonly unknown[] {
  return series.samples.map((sample) => ({ value: valueBits(sample), timestamp: longBits(sample.tMs) }));
}

function histogramsOf(series: PrometheusSeries): readonly unknown[] {
  return series.histograms.map(({ tMs, histogram }) => histogramMessage(histogram, tMs));
}

function histogramMessage(histogram: NativeHistogram, tMs: number): unknown {
  return {
    countInt: longBits(histogram.count),
    sum: histogram.sum,
    schema: histogram.schema,
    zeroThreshold: histogram.zeroThreshold,
    zeroCountInt: longBits(histogram.zeroCount),
    negativeSpans: spansOf(histogram.negative),
    negativeDeltas: deltasOf(histogram.negative),
    positiveSpans: spansOf(histogram.positive),
    positiveDeltas: deltasOf(histogram.positive),
    timestamp: longBits(tMs),
  };
}

function spansOf(run: BucketRun): readonly unknown[] {
  return run.counts.length === 0 ? [] : [{ offset: run.from, length: run.counts.length }];
}

function deltasOf(run: BucketRun): readonly LongBits[] {
  return run.counts.map((count, position) => longBits(count - (run.counts[position - 1] ?? 0)));
}
