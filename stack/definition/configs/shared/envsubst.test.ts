import { describe, expect, it } from 'vitest';
import { nodeAt } from '../../config-node.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { expandEnvsubst } from './envsubst.ts';
import { relocate } from './text-positions.ts';

const environment: Readonly<Record<string, string>> = { A: 'aval', E: '' };
const expand = (text: string) => expandEnvsubst(text, 'loki.yaml', (name) => environment[name]);
const ref = (body: string): string => `$\{${body}}`;

/** Every expectation was read from Loki 3.7.8 (`-config.expand-env=true -print-config-stderr`). */
describe('expandEnvsubst, as Loki 3.7.8', () => {
  it.each([
    [ref('A'), 'aval'],
    ['$A', '$A'],
    [ref('A:-d'), 'aval'],
    [ref('N:-d'), 'd'],
    [ref('E:-d'), 'd'],
    [ref('N:d'), ''],
    [ref('A:d'), 'aval'],
    [ref('N'), ''],
    ['$$A', '$A'],
    [`$${ref('A')}x`, `${ref('A')}x`],
    [ref('N:=d'), 'd'],
    [ref('N=d'), 'd'],
    [ref('N:?err'), 'err'],
    [ref('N:+x'), 'x'],
    [ref('A:+x'), 'aval'],
    [ref('A:1:2'), 'va'],
    [ref('A^^'), 'AVAL'],
    [ref('#A'), '4'],
    [ref(`N:-${ref('A')}`), 'aval'],
    [ref('N:-a:b/c'), 'a:b/c'],
    [ref('N:- sp'), ' sp'],
    [ref('N:-"q q"'), '"q q"'],
    [`${ref('N:-a')}b}`, 'ab}'],
    ['$$$A', '$$A'],
    ['$', '$'],
    ['{{$x}}', '{{$x}}'],
  ])('%s is %s', (text, expected) => {
    expect(expand(text)).toMatchObject({ text: expected, problems: [] });
  });

  it.each([ref('N-d'), ref('A.B:-x'), '${', '${A', ref(' A ')])('refuses %s', (text) => {
    expect(expand(text).problems).toHaveLength(1);
  });
});

it('names unset variables and where they stand', () => {
  expect(expand(`a: 1\nb: ${ref('N')}`).unset).toEqual([{ name: 'N', at: { file: 'loki.yaml', line: 2, column: 4 } }]);
});

it('leads positions back to the file', () => {
  const text = `a: {p: ${ref('A')}, q: 7}\n# ${ref('N:-x\ny: 2')}\nz: 3`;
  const expanded = expand(text);
  const { root } = parseYaml(expanded.text, 'loki.yaml');
  const moved = root && relocate(root, (at) => expanded.map.origin(at));
  expect(nodeAt(moved, 'a', 'p')?.at).toMatchObject({ line: 1, column: 8 });
  expect(nodeAt(moved, 'a', 'q')?.at).toMatchObject({ line: 1, column: text.indexOf('7') + 1 });
  expect(nodeAt(moved, 'y')?.at).toMatchObject({ line: 2, column: 3 });
  expect(nodeAt(moved, 'z')?.at).toMatchObject({ line: 4, column: 4 });
  const p = nodeAt(root, 'a', 'p');
  expect(p && expanded.map.isReplaced(p.at)).toBe(true);
});
