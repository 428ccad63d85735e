import { describe, expect, it } from 'vitest';
import type { EnvironmentValue } from '../types.ts';
import { parseDotenv, parseRawEnvFile } from './dotenv.ts';
import { place, readFixture, serviceOf, variables } from './testing/read.ts';

function parse(text: string): Map<string, EnvironmentValue> {
  const values = new Map<string, EnvironmentValue>();
  parseDotenv(text, values, { file: '.env', lookup: (name) => (name === 'HOST' ? 'host' : undefined) });
  return values;
}

describe('.env', () => {
  it('is read as compose reads it', () => {
    expect(variables(serviceOf(readFixture('dotenv'), 'app'))).toEqual({
      PLAIN: 'plain value',
      HASH: 'a#b',
      EXPORTED: 'yes',
      SINGLE: 'single $PLAIN \\n',
      DOUBLE: 'double plain value \t|$PLAIN|"q"',
      MULTI: 'line one\nline two',
      SPACED: 'spaced',
      YAML: 'style',
      EMPTY: '<>',
      EMPTY_QUOTED: '<>',
      REF: 'plain value-fallback',
      LATER: 'yes',
      FROM_HOST: 'host',
      HOST_REF: 'host',
      URL: 'http://user:p%40ss@host:80/x?y=z',
      EQ: 'a=b=c',
      QUOTE_MID: "it's",
      AFTER: 'quoted',
      INHERITED: 'from host',
      NOT_THERE: 'unset',
    });
  });

  it('gives each variable its place, after values of several lines too', () => {
    const values = parse('A=1\nB="x\ny"\n\n  # comment\n  export C=3\r\n');
    expect(['A', 'B', 'C'].map((name) => place(values.get(name)))).toEqual(['.env:1:1', '.env:2:1', '.env:6:3']);
    expect(values.get('C')?.value).toBe('3');
  });

  it('lets the environment win inside, then earlier lines', () => {
    const values = parse(`HOST=file\nA=$HOST\nB=$A-\${NO:-d}\nHOST_TOO=\\$HOST\n`);
    expect([...values.values()].map(({ value }) => value)).toEqual(['file', 'host', 'host-d', '\\host']);
  });

  it('refuses a name with a space, and an open quote, in their line', () => {
    expect(() => parse('A=1\nB C=2\n')).toThrow('holds a space');
    expect(() => parse("A='open\n")).toThrow('never closed');
    expect(() => parse('A?=1\n')).toThrow('cannot stand in the name');
  });
});

describe('format: raw', () => {
  it('takes every character after the equals sign', () => {
    const values = new Map<string, EnvironmentValue>();
    parseRawEnvFile('# c\nA="x $Y" # z\n\nHOST\nNONE\n', values, {
      file: 'r',
      lookup: (name) => (name === 'HOST' ? 'h' : undefined),
    });
    expect([...values].map(([name, { value }]) => [name, value])).toEqual([
      ['A', '"x $Y" # z'],
      ['HOST', 'h'],
    ]);
    expect(place(values.get('A'))).toBe('r:2:1');
  });
});
