import { describe, expect, it } from 'vitest';
import { excerpt, plainLine, plainText, seconds } from './plain-text.ts';

describe('text from outside', () => {
  it.each([
    ['level=info \x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07', 'level=info red link'],
    ['bell\x07 nul\x00 c1\x9b', 'bell\\x07 nul\\x00 c1\\x9b'],
    ['a\r\nb\rc\td', 'a\nb\nc  d'],
    ['\u202egnp.exe \ufeff \u{e0041}', '\\u202egnp.exe \\ufeff \\u{e0041}'],
    ['half \ud83d', 'half \ufffd'],
    ['日本語 é 🇩🇪', '日本語 é 🇩🇪'],
  ])('%j', (text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  it('on one line', () => {
    expect(plainLine(' a \n\n  b\n')).toBe('a b');
  });

  it('says how much of it is left out', () => {
    expect(excerpt('x'.repeat(30), 10)).toBe(`${'x'.repeat(10)}… (20 more characters)`);
    expect(excerpt('x'.repeat(10), 10)).toBe('x'.repeat(10));
  });
});

it.each([
  [0, '0.0 s'],
  [12, '12 ms'],
  [400, '0.4 s'],
  [14_210, '14.2 s'],
  [187_000, '3 min 07 s'],
  [7_260_000, '2 h 01 min'],
  [Number.NaN, '0.0 s'],
])('%d ms reads %s', (ms, text) => {
  expect(seconds(ms)).toBe(text);
});
