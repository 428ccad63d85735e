import { describe, expect, it } from 'vitest';
import {
  DecodeError,
  decodeJson,
  field,
  floatText,
  int64,
  labelSet,
  list,
  listOrNull,
  object,
  text,
} from './decode.ts';

describe('decoders', () => {
  it('name the path to the datum and what was found there', () => {
    const decode = () =>
      decodeJson(
        '{"data":[{"labels":{"a-b":"x"}},{"labels":{"c d":7}}]}',
        (json) =>
          field(
            object(json),
            'data',
            list((row) => field(object(row), 'labels', labelSet)),
          ),
        'the answer of GET http://x/',
      );
    expect(decode).toThrow(DecodeError);
    expect(decode).toThrow('the answer of GET http://x/: $.data[1].labels["c d"] should be a string but is 7');
  });

  it.each(['', '<html>', '{"a":1'])('say so when a body is no JSON: %j', (body) => {
    expect(() => decodeJson(body, text, 'it')).toThrow(/^it: \$ should be JSON but is /);
  });

  it('say so when a field is missing', () => {
    expect(() => decodeJson('{}', (json) => field(object(json), 'a', text), 'it')).toThrow(
      'it: $.a should be a string but is missing',
    );
  });

  it.each([
    ['NaN', Number.NaN],
    ['+Inf', Number.POSITIVE_INFINITY],
    ['-Inf', Number.NEGATIVE_INFINITY],
    ['1e+06', 1_000_000],
    ['-0.5', -0.5],
    ['9007199254740993', 9007199254740992],
  ])('read the float %s', (written, value) => {
    expect(floatText(written)).toBe(value);
  });

  it.each(['', ' ', 'x', '1,5', null])('refuse %j as a float', (written) => {
    expect(() => floatText(written)).toThrow(DecodeError);
  });

  it('keep 64-bit integers exact, and refuse one that JSON has already rounded', () => {
    expect(int64('1795362207021000001')).toBe(1795362207021000001n);
    expect(int64(42)).toBe(42n);
    expect(() => int64(JSON.parse('1795362207021000001'))).toThrow('without loss');
    expect(() => int64('1.5')).toThrow(DecodeError);
  });

  it('take null for an empty list where Go writes it so', () => {
    expect(listOrNull(text)(null)).toEqual([]);
    expect(() => list(text)(null)).toThrow('should be a list but is null');
  });

  it('keep a label called __proto__', () => {
    expect(Object.keys(decodeJson('{"__proto__":"x"}', labelSet, 'it'))).toEqual(['__proto__']);
  });
});
