import { describe, expect, it } from 'vitest';
import { recorded } from '../testing/recordings.ts';
import { DecodeError, type Decoder, decodeJson } from './decode.ts';
import {
  anyValue,
  metricsInstant,
  metricsRange,
  searchAnswer,
  spanIdText,
  tagNames,
  tagScopes,
  tagValues,
  traceIdText,
  traceV1,
  traceV2,
} from './tempo-decode.ts';

const decode = <T>(name: string, decoder: Decoder<T>): T => decodeJson(recorded('tempo', name).body, decoder, name);
const TRACE_ID = '0102030405060708090a0b0c0d0e0f10';

describe('answers recorded from Tempo', () => {
  it.each([
    ['traceV1', traceV1],
    ['traceV2', traceV2],
  ])('%s: spans with hex ids, exact times and attribute types', (name, decoder) => {
    const [root, child] = decode(name, decoder)?.spans ?? [];
    expect(root).toMatchObject({
      traceId: TRACE_ID,
      spanId: '0102030405060708',
      name: 'POST /order',
      kind: 'server',
      status: 'error',
      statusMessage: 'out of stock',
      attributes: {
        'http.status_code': 500n,
        big: 9007199254740993n,
        ratio: 0.5,
        whole: 2,
        retry: true,
        tags: ['a', 'b'],
      },
      events: [{ name: 'exception', attributes: { 'exception.type': 'OutOfStock' } }],
      links: [{ traceId: `aa${TRACE_ID.slice(2)}`, spanId: 'aa02030405060708', attributes: {} }],
      resource: { 'service.name': 'api' },
      scope: { name: 'shop', version: '1.0.0' },
    });
    expect(root).not.toHaveProperty('parentSpanId');
    expect((root?.endNs ?? 0n) - (root?.startNs ?? 0n)).toBe(100_000_000n);
    expect((root?.events[0]?.timeNs ?? 0n) - (root?.startNs ?? 0n)).toBe(5n);
    expect(child).toMatchObject({ parentSpanId: root?.spanId, kind: 'client', status: 'unset', events: [], links: [] });
  });

  it('a trace that is not there', () => {
    expect(decode('noTraceV2', traceV2)).toBeUndefined();
  });

  it('search, with the leading zero of the trace id put back', () => {
    expect(decode('search', searchAnswer)).toMatchObject([
      {
        traceId: TRACE_ID,
        rootServiceName: 'api',
        rootTraceName: 'POST /order',
        durationMs: 100,
        spanSets: [
          {
            matched: 1,
            spans: [
              {
                spanId: '0102030405060708',
                durationNs: 100_000_000n,
                attributes: { 'http.status_code': 500n, big: 9007199254740993n },
              },
            ],
          },
        ],
      },
    ]);
    expect(decode('searchEmpty', searchAnswer)).toEqual([]);
  });

  it('tags and their values', () => {
    expect(decode('tags', tagScopes)).toContainEqual({ name: 'resource', tags: ['service.name'] });
    expect(decode('tagNames', tagNames)).toContain('http.status_code');
    expect(decode('tagValues', tagValues)).toEqual([{ type: 'int', value: '500' }]);
  });

  it('metrics, where a missing value is a zero', () => {
    const [series] = decode('metricsRange', metricsRange);
    expect(series?.labels).toEqual({ 'resource.service.name': 'api' });
    expect(new Set(series?.points.map(({ value }) => value))).toEqual(new Set([0, 2 / 30]));
    expect(series?.exemplars[0]?.labels).toMatchObject({ 'resource.service.name': 'api' });
    expect(decode('metricsInstant', metricsInstant)).toEqual([{ labels: { __name__: 'count_over_time' }, value: 2 }]);
  });
});

describe('ids', () => {
  it.each([
    ['AQIDBAUGBwg=', '0102030405060708'],
    ['102030405060708', '0102030405060708'],
    ['AABBccdd00112233', 'aabbccdd00112233'],
    ['AAAAAAAAAAA=', '0000000000000000'],
  ])('%s → %s', (written, hex) => {
    expect(spanIdText(written)).toBe(hex);
  });

  it.each(['zz', 'AQIDBAUGBwgJCgsM', 7])('refuses %j', (written) => {
    expect(() => spanIdText(written)).toThrow(DecodeError);
    expect(() => traceIdText(written)).toThrow(DecodeError);
  });
});

describe('anyValue', () => {
  it('reads every kind of OTLP value', () => {
    const pairs = { kvlistValue: { values: [{ key: 'a', value: { intValue: 1 } }] } };
    expect(anyValue(pairs)).toEqual({ a: 1n });
    expect(anyValue({ bytesValue: 'AQI=' })).toEqual(new Uint8Array([1, 2]));
    expect(anyValue({ doubleValue: 'NaN' })).toBeNaN();
    expect(anyValue({ arrayValue: {} })).toEqual([]);
    expect(anyValue({})).toBeNull();
    expect(() => anyValue({ stringValue: 1 })).toThrow('$.stringValue should be a string but is 1');
    expect(() => anyValue({ otherValue: 1 })).toThrow(DecodeError);
  });
});
