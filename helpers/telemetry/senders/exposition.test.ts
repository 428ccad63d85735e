import { describe, expect, it } from 'vitest';
import { expectedSeries } from '../story/expected.ts';
import { makeStory } from '../story/story.ts';
import type { PrometheusSeries } from '../translation/prometheus.ts';
import { exposition } from './exposition.ts';

const base: PrometheusSeries = {
  name: 'a_total',
  labels: {},
  family: 'a_total',
  type: 'counter',
  help: 'Help.',
  unit: '',
  samples: [],
  histograms: [],
  exemplars: [],
};

describe('exposition', () => {
  it('writes the last value, labels escaped, and one header a family', () => {
    const one = {
      ...base,
      labels: { path: 'a"b\\c\nd', job: 'x' },
      samples: [1, 2.5].map((value) => ({ tMs: 1, value })),
    };
    const other = { ...base, labels: {}, samples: [{ tMs: 1, value: Number.POSITIVE_INFINITY }] };
    expect(exposition([one, other], ['job'])).toBe(
      '# HELP a_total Help.\n# TYPE a_total counter\na_total{path="a\\"b\\\\c\\nd"} 2.5\na_total +Inf\n',
    );
  });

  it('leaves out series that ended and native histograms', () => {
    const text = exposition(expectedSeries(makeStory({ runId: 'r-1', t0Ms: 60_000 })));
    expect(text).not.toContain('shop_stale_value');
    expect(text).not.toContain('shop_payload_size_bytes');
    expect(text).toContain('shop_special_value{run="r-1",service_name="batch",example="nan"');
    expect(text.match(/^# TYPE shop_request_duration_seconds histogram$/gm)).toHaveLength(1);
  });
});
