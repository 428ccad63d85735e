import { describe, expect, it } from 'vitest';
import { entriesOf, nodeAt, textAt, toPlain } from '../config-node.ts';
import { formatPosition } from '../position.ts';
import { resolvePlain } from './scalars.ts';
import { parseYaml, parseYamlDocuments } from './yaml.ts';

const plain = (text: string, version?: 'v2' | 'v3' | '1.2') => {
  const { root, problems } = parseYaml(text, 'f.yaml', version === undefined ? {} : { version });
  return { value: root === undefined ? undefined : toPlain(root), problems: problems.map((problem) => problem.id) };
};

const place = (text: string, ...path: (string | number)[]) => {
  const at = nodeAt(parseYaml(text, 'f.yaml').root, ...path)?.at;
  return at === undefined ? 'nowhere' : formatPosition(at);
};

describe('parseYaml: positions', () => {
  const text = 'a:\n  - x: 1\n    y: "two"\n  - |\n    block\nb:\n';

  it('names line and column of every value, counted from 1', () => {
    expect(place(text, 'a', 0)).toBe('f.yaml:2:5');
    expect(place(text, 'a', 0, 'y')).toBe('f.yaml:3:8');
    expect(place(text, 'a', 1)).toBe('f.yaml:4:5');
    expect(place(text, 'b')).toBe('f.yaml:6:3');
  });

  it('names the place of every key', () => {
    const keys = entriesOf(nodeAt(parseYaml(text, 'f.yaml').root, 'a', 0)).map(([, entry]) =>
      formatPosition(entry.keyAt),
    );
    expect(keys).toEqual(['f.yaml:2:5', 'f.yaml:3:5']);
  });

  it('counts lines the same with CRLF and a byte order mark', () => {
    expect(place('\uFEFFa: 1\r\nb:\r\n  c: 2\r\n', 'b', 'c')).toBe('f.yaml:3:6');
  });
});

describe('parseYaml: anchors, aliases, merge keys', () => {
  it('lets the own keys of a map win over merged ones, wherever they stand, and the first source over the second', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nm:\n  a: own\n  <<: [*x, *y]\nn:\n  <<: *x\n  a: own\n';
    expect(plain(text)).toEqual({
      value: { x: { a: 1, b: 1 }, y: { b: 2, c: 2 }, m: { a: 'own', b: 1, c: 2 }, n: { a: 'own', b: 1 } },
      problems: [],
    });
  });

  it('keeps for an aliased node the position at which it is written', () => {
    expect(place('a: &a\n  k: v\nb: *a\nc:\n  <<: *a\n', 'b', 'k')).toBe('f.yaml:2:6');
    expect(place('a: &a\n  k: v\nb: *a\nc:\n  <<: *a\n', 'c', 'k')).toBe('f.yaml:2:6');
  });

  it('reports an unknown alias, and one inside its own anchor', () => {
    expect(plain('a: *nope\n').problems).toEqual(['CONFIG-YAML-ALIAS']);
    expect(plain('a: &r\n  b: *r\n').problems).toEqual(['CONFIG-YAML-ALIAS']);
  });

  it('reports a merge of something that is no map', () => {
    expect(plain('a:\n  <<: text\n').problems).toEqual(['CONFIG-YAML-MERGE']);
  });

  it('survives a chain of aliases that would unfold to a billion nodes', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
    expect(parseYaml(`l0: &l0 [x, x]\n${levels.join('\n')}\n`, 'f.yaml').problems).toEqual([]);
  });

  it('has no merge keys in YAML 1.2', () => {
    expect(plain('a: &a {k: 1}\nb:\n  <<: *a\n', '1.2').value).toEqual({ a: { k: 1 }, b: { '<<': { k: 1 } } });
  });
});

describe('parseYaml: types of plain scalars', () => {
  const rows: [string, unknown, unknown, unknown][] = [
    // text, yaml.v3, yaml.v2, YAML 1.2
    ['yes', 'yes', true, 'yes'],
    ['off', 'off', false, 'off'],
    ['y', 'y', true, 'y'],
    ['True', true, true, true],
    ['~', null, null, null],
    ['0644', 420, 420, 644],
    ['0o17', 15, 15, 15],
    ['0x1F', 31, 31, 31],
    ['-0b11', -3, -3, '-0b11'],
    ['1_000', 1000, 1000, '1_000'],
    ['089', 89, 89, 89],
    ['1.5e3', 1500, 1500, 1500],
    ['.5', 0.5, 0.5, 0.5],
    ['-.inf', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ['.nan', Number.NaN, Number.NaN, Number.NaN],
    ['2026-11-22', '2026-11-22', '2026-11-22', '2026-11-22'],
    ['1m30s', '1m30s', '1m30s', '1m30s'],
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1'],
    ['8080:80', '8080:80', '8080:80', '8080:80'],
    ['-', '-', '-', '-'],
  ];
  it.each(rows)('%s', (text, v3, v2, core) => {
    expect([resolvePlain(text, 'v3'), resolvePlain(text, 'v2'), resolvePlain(text, '1.2')]).toEqual([v3, v2, core]);
  });

  it('keeps the text of numbers that a double cannot hold, and of quoted ones', () => {
    const { root } = parseYaml('a: 12345678901234567890\nb: "0644"\n', 'f.yaml');
    expect(nodeAt(root, 'a')).toMatchObject({ raw: '12345678901234567890', style: 'plain' });
    expect(nodeAt(root, 'b')).toMatchObject({ value: '0644', style: 'quoted' });
  });

  it('obeys core tags and keeps those of an application', () => {
    expect(plain('a: !!str 5\nb: !!float 1\nc: !!int x\n')).toEqual({
      value: { a: '5', b: 1, c: 'x' },
      problems: ['CONFIG-YAML-TAG'],
    });
    const { root } = parseYaml('a: !reset null\nb: !override\n  - x\n', 'f.yaml');
    expect([nodeAt(root, 'a')?.tag, nodeAt(root, 'b')?.tag]).toEqual(['!reset', '!override']);
  });

  it('takes keys by their text', () => {
    expect(plain('on: 1\n2: 2\n"<<": 3\n', 'v2').value).toEqual({ on: 1, '2': 2, '<<': 3 });
  });
});

describe('parseYaml: bad input', () => {
  const rows: [string, string, string][] = [
    ['a: [1\nb: 2\n', 'CONFIG-YAML-SYNTAX', 'f.yaml:2:1'],
    ['a:\n\tb: 2\n', 'CONFIG-YAML-SYNTAX', 'f.yaml:2:1'],
    ['a: b: c\n', 'CONFIG-YAML-SYNTAX', 'f.yaml:1:4'],
    ['a: @x\n', 'CONFIG-YAML-SYNTAX', 'f.yaml:1:4'],
    ['k:\n  a: 1\n  a: 2\n', 'CONFIG-YAML-DUPLICATE-KEY', 'f.yaml:3:3'],
    ['a: {{ x }}\n', 'CONFIG-YAML-KEY', 'f.yaml:1:5'],
    ['a: 1\n---\nb: 1\n', 'CONFIG-YAML-DOCUMENTS', 'f.yaml:3:1'],
  ];
  it.each(rows)('%j', (text, id, where) => {
    const { problems } = parseYaml(text, 'f.yaml');
    expect(problems.map((problem) => [problem.id, problem.at && formatPosition(problem.at)])).toEqual([[id, where]]);
    expect(problems[0]?.message).toMatch(/\.$/);
    expect(problems[0]?.remedy).toMatch(/\.$/);
  });

  it('takes nothing, comments and an explicit null for an empty document', () => {
    expect([plain(''), plain('# only\n'), plain('---\n')].map((result) => result.value)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(plain('null\n').value).toBe(null);
  });

  it('never throws, whatever it is given', () => {
    for (const text of ['%', '&', '*', '!', '- - - :', '\u0000', '"\\x"', '? ? ?', ': : :', '<<: *a', '[[[[', '}}}}']) {
      expect(() => parseYaml(text, 'f.yaml')).not.toThrow();
    }
  });
});

describe('parseYamlDocuments', () => {
  it('gives each document, anchors apart', () => {
    const { roots, problems } = parseYamlDocuments('a: &a 1\n---\n---\nb: 2\n', 'f.yaml');
    expect(roots.map((root) => textAt(root, 'a') ?? textAt(root, 'b'))).toEqual(['1', '2']);
    expect(problems).toEqual([]);
  });
});
