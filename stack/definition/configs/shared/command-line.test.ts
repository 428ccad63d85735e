import { describe, expect, it } from 'vitest';
import type { CommandWord } from '../../types.ts';
import { engineWords, lastFlag, parseFlags, parseGoBool, shellWords } from './command-line.ts';

const words = (...texts: string[]): CommandWord[] =>
  texts.map((text, index) => ({ text, at: { file: 'compose.yaml', line: index + 1, column: 1 } }));
const isBoolean = (name: string): boolean => ['on', 'web.enable-lifecycle'].includes(name);
const pairs = (line: ReturnType<typeof parseFlags>): string[] =>
  line.flags.map(({ name, value }) => `${name}=${value}`);

describe('parseFlags', () => {
  it('reads Go flags with one or two dashes and stops at the first other word', () => {
    const line = parseFlags(words('-a.b=c', '--d', 'e', '-on', '-f=x=y', 'rest', '-g'), { style: 'go', isBoolean });
    expect(pairs(line)).toEqual(['a.b=c', 'd=e', 'on=true', 'f=x=y']);
    expect(line.positional.map((word) => word.text)).toEqual(['rest', '-g']);
  });

  it('reads kingpin flags with negation, and words in between', () => {
    const line = parseFlags(words('--no-web.enable-lifecycle', 'arg', '--on', '--a', 'b', '--', '--c'), {
      style: 'kingpin',
      isBoolean,
    });
    expect(pairs(line)).toEqual(['web.enable-lifecycle=false', 'on=true', 'a=b']);
    expect(line.positional.map((word) => word.text)).toEqual(['arg', '--c']);
  });

  it('reads single letters', () => {
    const line = parseFlags(words('-c', 'x.yaml', '--set=a=b'), { style: 'pflag', isBoolean });
    expect(pairs(line)).toEqual(['c=x.yaml', 'set=a=b']);
  });

  it('keeps the place of each, and gives the last', () => {
    const line = parseFlags(words('-a=1', '-a=2'), { style: 'go', isBoolean });
    expect(lastFlag(line, 'a')).toMatchObject({ value: '2', at: { line: 2 }, written: '-a' });
    expect(lastFlag(line, 'z')).toBeUndefined();
  });

  it('gives a flag without its value an empty one', () => {
    expect(pairs(parseFlags(words('--a'), { style: 'pflag', isBoolean }))).toEqual(['a=']);
  });
});

describe('engineWords', () => {
  const text = (...argv: string[]): string[] => engineWords(words(...argv), ['loki']).map((word) => word.text);

  it('leaves a direct command alone', () => {
    expect(text('/usr/bin/loki', '-a')).toEqual(['/usr/bin/loki', '-a']);
  });

  it('looks behind a wrapper', () => {
    expect(text('/sbin/tini', '--', 'loki', '-a')).toEqual(['loki', '-a']);
  });

  it('looks into a shell script, up to its end', () => {
    expect(text('sh', '-c', 'mkdir -p /x && exec loki -a="b c" -d; echo over')).toEqual(['loki', '-a=b c', '-d']);
    expect(text('/bin/sh', '-ec', 'loki -a > /log')).toEqual(['loki', '-a']);
  });

  it('returns what it does not understand', () => {
    expect(text('/run.sh', 'x')).toEqual(['/run.sh', 'x']);
  });
});

it('shellWords splits as a shell does', () => {
  expect(shellWords(`a 'b c' "d \\"e" f\\ g;h&&i\nj`)).toEqual([
    'a',
    'b c',
    'd "e',
    'f g',
    ';',
    'h',
    '&&',
    'i',
    ';',
    'j',
  ]);
});

it('parseGoBool', () => {
  expect(['true', 'T', '1', '0', 'False', 'yes'].map(parseGoBool)).toEqual([true, true, true, false, false, undefined]);
});
