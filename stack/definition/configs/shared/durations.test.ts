import { describe, expect, it } from 'vitest';
import { formatDuration, parseGoDuration, parsePrometheusDuration } from './durations.ts';

describe('parsePrometheusDuration', () => {
  it.each([
    ['1d12h', 129_600_000],
    ['15d', 1_296_000_000],
    ['1y2w', 31_536_000_000 + 1_209_600_000],
    ['1h30m', 5_400_000],
    ['1s500ms', 1500],
    ['0', 0],
    ['0s', 0],
  ])('%s is %d ms', (text, expected) => {
    expect(parsePrometheusDuration(text)).toBe(expected);
  });

  it.each(['', '1', '1.5h', '30m1h', '1h1h', '-1h', '5 m', '1H', '999999y'])('refuses "%s"', (text) => {
    expect(parsePrometheusDuration(text)).toBeUndefined();
  });
});

describe('parseGoDuration', () => {
  it.each([
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['30m1h', 5_400_000],
    ['-1.5s', -1500],
    ['+10ms', 10],
    ['.5s', 500],
    ['1500us', 1.5],
    ['0', 0],
  ])('%s is %d ms', (text, expected) => {
    expect(parseGoDuration(text)).toBeCloseTo(expected, 9);
  });

  it.each(['', '1d', '1w', '5', '1 h', 'h', '-'])('refuses "%s"', (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});

describe('formatDuration', () => {
  it.each([
    [1_209_600_000, '14d'],
    [5_400_000, '1h30m'],
    [1500, '1s500ms'],
    [0, '0s'],
    [-60_000, '-1m'],
  ])('%d ms is %s', (milliseconds, expected) => {
    expect(formatDuration(milliseconds)).toBe(expected);
  });

  it('can be read back', () => {
    for (const milliseconds of [1, 999, 61_000, 3_723_004, 1_296_000_000]) {
      expect(parsePrometheusDuration(formatDuration(milliseconds))).toBe(milliseconds);
    }
  });
});
