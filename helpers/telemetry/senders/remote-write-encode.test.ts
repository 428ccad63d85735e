import { describe, expect, it } from 'vitest';
import { expectedSeries } from '../story/expected.ts';
import { makeStory } from '../story/story.ts';
import { apiBucketsOf } from '../translation/native-histogram.ts';
import { writeRequestV1, writeRequestV2 } from './remote-write-encode.ts';
import { writeRequestType } from './remote-write-schema.ts';

const series = expectedSeries(makeStory({ runId: 'r-1', t0Ms: 60_000 }));

function decoded(version: 'v1' | 'v2', bytes: Uint8Array): unknown {
  const type = writeRequestType(version);
  return type.toObject(type.decode(bytes), { longs: String });
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return Array.isArray(found) ? found : [];
}

describe('remote write', () => {
  it('sorts labels, and has every series and each family’s metadata once (1.0)', () => {
    const request = decoded('v1', writeRequestV1(series));
    const timeseries = listAt(request, 'timeseries');
    expect(timeseries).toHaveLength(series.length);
    for (const one of timeseries) {
      const names = listAt(one, 'labels').map((label) => String(Reflect.get(Object(label), 'name')));
      expect(names).toEqual([...names].sort());
      expect(names[0]).toBe('__name__');
    }
    const families = new Set(series.map(({ family }) => family));
    expect(listAt(request, 'metadata')).toHaveLength(families.size);
  });

  it('has each text once, the empty one first (2.0)', () => {
    const symbols = listAt(decoded('v2', writeRequestV2(series)), 'symbols');
    expect(symbols[0]).toBe('');
    expect(new Set(symbols).size).toBe(symbols.length);
  });

  it.each(['v1', 'v2'] as const)(
    'writes the staleness marker bit for bit, and other NaNs as ordinary ones (%s)',
    (version) => {
      const bytes = version === 'v1' ? writeRequestV1(series) : writeRequestV2(series);
      const values = listAt(decoded(version, bytes), 'timeseries')
        .flatMap((one) => listAt(one, 'samples'))
        .map((sample) => String(Reflect.get(Object(sample), 'value')));
      expect(values.filter((value) => value === String(0x7ff0000000000002n))).toHaveLength(1);
      expect(values.filter((value) => value === String(0x7ff8000000000001n))).toHaveLength(13);
    },
  );
});

describe('apiBucketsOf', () => {
  it('lists filled buckets from the lowest up', () => {
    const histogram = {
      count: 7,
      sum: 1,
      schema: 1,
      zeroThreshold: 1e-128,
      zeroCount: 1,
      positive: { from: 0, counts: [1, 0, 2] },
      negative: { from: 2, counts: [3] },
    };
    expect(apiBucketsOf(histogram)).toEqual([
      [1, -2, -Math.SQRT2, 3],
      [3, -1e-128, 1e-128, 1],
      [0, Math.SQRT1_2, 1, 1],
      [0, Math.SQRT2, 2, 2],
    ]);
  });
});
