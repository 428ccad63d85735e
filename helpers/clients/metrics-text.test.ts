import { describe, expect, it } from 'vitest';
import { parseMetricsText, samplesOf, sumOf } from './metrics-text.ts';

const EXPOSITION = `# HELP http_requests_total Requests\\nby code.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400",} 3
# a remark
# TYPE lat histogram
lat_bucket{le="0.5"} 2 # {trace_id="abc"} 0.3 1.0
lat_bucket{le="+Inf"} 3
lat_sum 1.5e+00
lat_count 3
escaped{path="C:\\\\d\\"q\\"\\n{}"} NaN
up -Inf
{"utf8.name","label.x"="1"} 4
otelcol_exporter_sent_spans__spans__total{exporter="otlp/a",service_instance_id="7"} 12
# EOF
`;

describe('parseMetricsText', () => {
  const families = parseMetricsText(EXPOSITION);

  it('groups samples with their type and help', () => {
    expect(families.find(({ name }) => name === 'http_requests_total')).toEqual({
      name: 'http_requests_total',
      type: 'counter',
      help: 'Requests\nby code.',
      samples: [
        { name: 'http_requests_total', labels: { method: 'post', code: '200' }, value: 1027 },
        { name: 'http_requests_total', labels: { method: 'post', code: '400' }, value: 3 },
      ],
    });
    expect(families.find(({ name }) => name === 'lat')?.samples).toHaveLength(4);
  });

  it('reads escapes, exemplars, special values and quoted names', () => {
    expect(samplesOf(families, 'lat_bucket', { le: '0.5' })).toMatchObject([{ value: 2 }]);
    expect(samplesOf(families, 'escaped')[0]).toEqual({
      name: 'escaped',
      labels: { path: 'C:\\d"q"\n{}' },
      value: Number.NaN,
    });
    expect(sumOf(families, 'up')).toBe(Number.NEGATIVE_INFINITY);
    expect(samplesOf(families, 'utf8.name', { 'label.x': '1' })).toMatchObject([{ value: 4 }]);
  });

  it('sums over labels, and knows nothing from zero', () => {
    expect(sumOf(families, 'http_requests_total')).toBe(1030);
    expect(sumOf(families, 'http_requests_total', { code: '500' })).toBeUndefined();
  });

  it.each([
    ['a{b="c" 1', 'line 1'],
    ['\n\na{b=c} 1', 'line 3'],
    ['a x', '"x" is not a value'],
    ['a', '"" is not a value'],
  ])('names the line that cannot be read: %j', (exposition, message) => {
    expect(() => parseMetricsText(exposition)).toThrow(message);
  });
});
