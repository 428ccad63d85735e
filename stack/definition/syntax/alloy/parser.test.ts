import { describe, expect, it } from 'vitest';
import { attributeOf, blockOf } from './ast.ts';
import { parseAlloy } from './parser.ts';

const problemsOf = (text: string): string[] =>
  parseAlloy(text, 'c.alloy').problems.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`);

describe('Alloy syntax', () => {
  it('reads blocks with labels, nested blocks, attributes, and says where each stands', () => {
    const { body, problems } = parseAlloy(
      '// a comment\notelcol.receiver.otlp "in" {\n  grpc {\n    endpoint = "0.0.0.0:4317" /* all */\n  }\n}\n',
      'c.alloy',
    );
    expect(problems).toEqual([]);
    const [block] = body;
    expect(block).toMatchObject({
      kind: 'block',
      name: 'otelcol.receiver.otlp',
      label: 'in',
      at: { line: 2, column: 1 },
    });
    const grpc = block?.kind === 'block' ? blockOf(block.body, 'grpc') : undefined;
    expect(attributeOf(grpc?.body ?? [], 'endpoint')).toMatchObject({
      at: { file: 'c.alloy', line: 4, column: 5 },
      value: { kind: 'literal', value: '0.0.0.0:4317', at: { line: 4, column: 16 } },
    });
  });

  it.each([
    ['"tab\\t\\u00e9\\x41\\101"', 'tab\té\x41A'],
    ['`raw \\n "quoted"\nsecond line`', 'raw \\n "quoted"\nsecond line'],
    ['.5e1', 5],
    ['1_0', undefined],
    ['true', true],
    ['null', null],
  ])('reads the literal %s', (text, value) => {
    const [statement] = parseAlloy(`a = ${text}`, 'f').body;
    const literal =
      statement?.kind === 'attribute' && statement.value.kind === 'literal' ? statement.value.value : undefined;
    if (value === undefined) expect(problemsOf(`a = ${text}`)).not.toEqual([]);
    else expect(literal).toBe(value);
  });

  it('binds operators as documented, the power operator to the right', () => {
    const [statement] = parseAlloy('a = 1 + 2 * -x.y["k"](3) ^ 2 ^ 2 == 5 || !b', 'f').body;
    const shape = (node: unknown): unknown => {
      const { kind, operator, left, right, of, value, name } = node as Record<string, unknown>;
      if (kind === 'binary') return [shape(left), operator, shape(right)];
      if (kind === 'unary') return [operator, shape(of)];
      return value ?? name ?? kind;
    };
    expect(shape(statement?.kind === 'attribute' ? statement.value : undefined)).toEqual([
      [[1, '+', [2, '*', [['-', 'call'], '^', [2, '^', 2]]]], '==', 5],
      '||',
      ['!', 'b'],
    ]);
  });

  it('wants a comma after the last element before a new line, as Alloy does', () => {
    expect(problemsOf('a = [\n  1,\n  2\n]')).toEqual([
      '3:4 Alloy cannot read this file: a comma is missing at the end of this line in the array.',
    ]);
    expect(problemsOf('a = [\n  1,\n  2,\n]\nb = { x = 1, "y z" = 2 }')).toEqual([]);
  });

  it.each([
    ['a = "open', '1:5', 'closing " is missing'],
    ["a = 'x'", '1:5', 'single quotes'],
    ['a = "\\d+"', '1:6', '"\\d" is not an escape sequence'],
    ['a "b" {\n  c = 1\n', '3:1', '"}" that closes "a", opened at line 1'],
    ['a = b { }', '1:5', 'a block cannot be the value'],
    ['a "b c" {}', '1:3', 'not an identifier'],
    ['a b {}', '1:3', 'expected "=" or "{" after "a", found "b"'],
    ['a.b = 1', '1:1', 'has no dot'],
    ['/* never', '1:1', 'comment has no end'],
    ['a = 1 b = 2', '1:7', 'the end of the line after this statement'],
    ['a = \n}', '2:1', 'expected a value'],
  ])('says what is wrong in %j', (text, place, words) => {
    const [first] = problemsOf(text);
    expect(first).toMatch(new RegExp(`^${place} `));
    expect(first).toContain(words);
  });

  it('goes on after an error', () => {
    const { body, problems } = parseAlloy('a = \nlogging {\n  level = "debug"\n}\nb = ]\nc = 3\n', 'f');
    expect(problems.map((problem) => problem.at?.line)).toEqual([2, 5]);
    expect(body.map((statement) => statement.name)).toContain('c');
  });
});
