import { describe, expect, it } from 'vitest';
import { recorded } from '../testing/recordings.ts';
import { configAt, parseConfigText } from './config-text.ts';
import { DecodeError, type Decoder, decodeJson } from './decode.ts';
import { engineWords } from './http-errors.ts';
import { detectedFields, indexStats, lokiAnswer, ring } from './loki-decode.ts';

const decode = <T>(name: string, decoder: Decoder<T>): T => decodeJson(recorded('loki', name).body, decoder, name);

describe('answers recorded from Loki', () => {
  it('streams: labels, structured metadata and parsed labels apart, times exact', () => {
    const { result } = decode('streams', lokiAnswer);
    const stream = result.type === 'streams' ? result.rows[0] : undefined;
    expect(stream?.labels).toEqual({ service_name: 'api' });
    expect(stream?.entries.map(({ line }) => line)).toEqual(['{"msg":"order 2 failed","code":7}', 'order 1 placed']);
    const [second, first] = stream?.entries ?? [];
    expect((second?.timeNs ?? 0n) - (first?.timeNs ?? 0n)).toBe(1_000_000n);
    expect(first?.structuredMetadata).toMatchObject({
      trace_id: '0102030405060708090a0b0c0d0e0f10',
      user_id: 'u1',
      detected_level: 'info',
    });
    expect(first?.parsed).toEqual({});
    const parsed = decode('parsed', lokiAnswer).result;
    expect(parsed.type === 'streams' && parsed.rows[0]?.entries[0]?.parsed).toEqual({
      code: '7',
      msg: 'order 2 failed',
    });
    expect(parsed.type === 'streams' && parsed.categorized).toBe(true);
  });

  it('metric queries', () => {
    expect(decode('vector', lokiAnswer).result).toMatchObject({ type: 'vector', rows: [{ labels: {}, value: 2 }] });
    expect(decode('matrix', lokiAnswer).result.type).toBe('matrix');
  });

  it('what surrounds queries', () => {
    expect(decode('stats', indexStats)).toMatchObject({ streams: expect.any(Number) });
    expect(decode('detectedFields', detectedFields)).toContainEqual({
      label: 'code',
      type: 'int',
      cardinality: 1,
      parsers: ['json'],
    });
    expect(decode('ring', ring)).toMatchObject([{ state: 'ACTIVE' }]);
    expect(engineWords(recorded('loki', 'refused').body).words).toMatch(/^parse error at line 1, col 4/);
  });
});

describe('a live configuration', () => {
  it('is read as YAML and asked by path', () => {
    const config = parseConfigText('limits_config:\n  retention_period: 14d\n', 'it');
    expect(configAt(config, 'limits_config.retention_period')).toBe('14d');
    expect(configAt(config, 'limits_config.nope.deeper')).toBeUndefined();
  });

  it.each(['just text', '- a', 'a: [', ''])('is refused when it is no mapping: %j', (body) => {
    expect(() => parseConfigText(body, 'GET /config')).toThrow(DecodeError);
  });
});
