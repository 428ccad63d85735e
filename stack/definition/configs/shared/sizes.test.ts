import { expect, it } from 'vitest';
import { parseBase2Bytes, parseDatasize, parseHumanizeBytes } from './sizes.ts';

it.each([
  ['512MB', 512 * 2 ** 20],
  ['1.5GB', 1.5 * 2 ** 30],
  ['6MiB', 6 * 2 ** 20],
  ['10B', 10],
  ['0', 0],
  ['5mb', undefined],
  ['5', undefined],
  ['5 MB', undefined],
])('Base2Bytes %s', (text, expected) => {
  expect(parseBase2Bytes(text)).toBe(expected);
});

it.each([
  ['256KB', 256 * 1024],
  ['5mb', 5 * 2 ** 20],
  ['1 MB', 2 ** 20],
  ['1k', 1024],
  ['100', 100],
  ['0', 0],
  ['256KiB', undefined],
  ['1.5MB', undefined],
])('datasize, as Loki 3.7.8 takes it: %s', (text, expected) => {
  expect(parseDatasize(text)).toBe(expected);
});

it.each([
  ['5MB', 5_000_000],
  ['5MiB', 5 * 2 ** 20],
  ['1.5 kb', 1500],
  ['42', 42],
  ['1,000', 1000],
  ['5XB', undefined],
  ['5ib', undefined],
])('humanize %s', (text, expected) => {
  expect(parseHumanizeBytes(text)).toBe(expected);
});
