import { describe, expect, it } from 'vitest';
import { recorded } from '../testing/recordings.ts';
import { type Decoder, decodeJson, listOrNull, mapOf, text } from './decode.ts';
import { engineWords } from './http-errors.ts';
import { envelope, exemplarSeries, queryAnswer } from './prometheus-decode.ts';
import * as status from './prometheus-status-decode.ts';

const decode = <T>(name: string, decoder: Decoder<T>): T =>
  decodeJson(recorded('prometheus', name).body, decoder, name);
const data = <T>(name: string, decoder: Decoder<T>): T => decode(name, envelope(decoder)).data;
const labels = { __name__: 'shop_orders_total', job: 'api', kind: 'new', service_name: 'api' };

describe('answers recorded from Prometheus', () => {
  it('vector with floats, NaN and a native histogram', () => {
    const { result } = decode('vector', queryAnswer);
    expect(result.type === 'vector' && result.rows.map(({ labels: l, value }) => [l.__name__, value])).toEqual(
      expect.arrayContaining([
        ['shop_orders_total', 7],
        ['shop_temp', 21.5],
        ['shop_temp', Number.NaN],
        [
          'shop_latency',
          {
            count: 6,
            sum: 12.5,
            buckets: [
              { boundaries: 'closed-both', lower: -1e-128, upper: 1e-128, count: 1 },
              { boundaries: 'open-left', lower: 1, upper: 2, count: 2 },
              { boundaries: 'open-left', lower: 2, upper: 4, count: 3 },
            ],
          },
        ],
      ]),
    );
  });

  it('matrix, with times as whole milliseconds', () => {
    const { result } = decode('matrix', queryAnswer);
    const rows = result.type === 'matrix' ? result.rows : [];
    expect(rows.map(({ labels: l }) => l.__name__)).toEqual(['shop_latency', 'shop_orders_total']);
    expect(rows.flatMap(({ points }) => points).every(({ timeMs }) => Number.isInteger(timeMs))).toBe(true);
  });

  it('scalar, string, empty', () => {
    expect(decode('scalar', queryAnswer).result).toMatchObject({ type: 'scalar', value: 2 });
    expect(decode('string', queryAnswer).result).toMatchObject({ type: 'string', text: 'x' });
    expect(decode('empty', queryAnswer).result).toEqual({ type: 'vector', rows: [] });
  });

  it('warnings and infos', () => {
    expect(decode('warning', queryAnswer).warnings).toMatchObject([expect.stringContaining('quantile value')]);
    expect(decode('info', queryAnswer).infos).toMatchObject([expect.stringContaining('might not be a counter')]);
  });

  it('exemplars', () => {
    expect(data('exemplars', listOrNull(exemplarSeries))).toMatchObject([
      { labels, exemplars: [{ value: 1.5, labels: { trace_id: '0102030405060708090a0b0c0d0e0f10' } }] },
    ]);
  });

  it('targets, rules, alerts', () => {
    expect(data('targets', status.targets).active).toMatchObject([{ labels: { job: 'self' }, health: 'up' }]);
    expect(data('rules', status.ruleGroups)).toMatchObject([
      {
        name: 'shop',
        intervalSeconds: 1,
        rules: [
          { kind: 'recording', name: 'shop:orders:sum', health: 'ok' },
          { kind: 'alerting', name: 'AlwaysFiring', state: 'firing', alerts: [{ value: 1 }] },
        ],
      },
    ]);
    expect(data('alerts', status.alerts)).toMatchObject([
      { labels: { alertname: 'AlwaysFiring' }, annotations: { summary: 'it fires' } },
    ]);
    expect(data('alertmanagers', status.alertmanagers)).toEqual({ active: [], dropped: [] });
  });

  it('status pages', () => {
    expect(data('buildInfo', status.buildInfo).version).toBe('3.16.0');
    expect(data('runtimeInfo', status.runtimeInfo)).toMatchObject({
      storageRetention: '15d',
      reloadConfigSuccess: true,
    });
    expect(data('flags', mapOf(text))).toMatchObject({ 'web.enable-otlp-receiver': 'true' });
    expect(data('tsdb', status.tsdbStatus).numSeries).toBeGreaterThan(100);
  });

  it('the words of a refusal', () => {
    expect(engineWords(recorded('prometheus', 'refused').body)).toEqual({
      words: 'invalid parameter "query": 1:7: parse error: unclosed left parenthesis',
      errorType: 'bad_data',
    });
  });
});

describe('answers of another shape', () => {
  const vector = (row: string) => `{"status":"success","data":{"resultType":"vector","result":[${row}]}}`;
  it.each([
    [vector('{"metric":{},"value":[1,"x"]}'), '$.data.result[0].value[1] should be a number in a string but is "x"'],
    [vector('{"metric":{"a":1},"value":[1,"1"]}'), '$.data.result[0].metric.a should be a string but is 1'],
    [vector('{"metric":{}}'), '$.data.result[0].value should be a list but is missing'],
    ['{"status":"error"}', '$ should be an answer with status "success"'],
    ['{"status":"success","data":{"resultType":"tensor"}}', '$.data should be an object whose resultType is vector'],
  ])('%s', (body, message) => {
    expect(() => decodeJson(body, queryAnswer, 'it')).toThrow(message);
  });
});
