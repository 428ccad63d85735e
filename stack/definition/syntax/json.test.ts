import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeAt, toPlain } from '../config-node.ts';
import { formatPosition } from '../position.ts';
import { parseJson } from './json.ts';

describe('parseJson', () => {
  it('reads what JSON.parse reads, for any value', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (text, indent) => {
        const value: unknown = JSON.parse(text);
        const { root, problems } = parseJson(JSON.stringify(value, null, indent), 'f.json');
        expect(problems).toEqual([]);
        expect(JSON.stringify(root === undefined ? undefined : toPlain(root))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('names line and column', () => {
    const { root } = parseJson('{\r\n\t"a": [1,\n  {"b": "\\u00e9\\n"}]\n}\n', 'f.json');
    const node = nodeAt(root, 'a', 1, 'b');
    expect(node).toMatchObject({ value: 'é\n', style: 'quoted' });
    expect(node && formatPosition(node.at)).toBe('f.json:3:9');
  });

  const bad: [string, string][] = [
    ['{"a": 1,}', 'f.json:1:9'],
    ['{\n  // no\n}', 'f.json:2:3'],
    ["{'a': 1}", 'f.json:1:2'],
    ['{"a" 1}', 'f.json:1:6'],
    ['[1 2]', 'f.json:1:4'],
    ['{"a": "x', 'f.json:1:7'],
    ['{"a": nope}', 'f.json:1:7'],
    ['{} {}', 'f.json:1:4'],
    ['[01]', 'f.json:1:3'],
    ['["\\q"]', 'f.json:1:2'],
  ];
  it.each(bad)('refuses %j as JSON.parse does, and says where', (text, where) => {
    expect(() => JSON.parse(text)).toThrow();
    const { problems } = parseJson(text, 'f.json');
    expect(problems.map((problem) => [problem.id, problem.at && formatPosition(problem.at)])).toEqual([
      ['CONFIG-JSON-SYNTAX', where],
    ]);
  });

  it('warns of a key that stands twice, and lets the last win', () => {
    const { root, problems } = parseJson('{"a": 1,\n"a": 2}', 'f.json');
    expect(root && toPlain(root)).toEqual({ a: 2 });
    expect(problems.map((problem) => [problem.id, problem.severity])).toEqual([
      ['CONFIG-JSON-DUPLICATE-KEY', 'warning'],
    ]);
  });

  it('takes an empty file for no document', () => {
    expect(parseJson(' \n', 'f.json')).toEqual({ root: undefined, problems: [] });
  });
});
