import { expect, it } from 'vitest';
import { parseYaml } from '../../syntax/yaml.ts';
import { didYouMean, FindingList, type KeyShape, reportUnknownKeys } from './findings.ts';

it('didYouMean finds the near word and keeps quiet about far ones', () => {
  const known = ['retention_period', 'retention_stream', 'max_line_size', 'url'];
  expect(didYouMean('retention_perod', known)).toBe('retention_period');
  expect(didYouMean('maxLineSize', known)).toBe('max_line_size');
  expect(didYouMean('uri', known)).toBe('url');
  expect(didYouMean('something_else', known)).toBeUndefined();
});

it('reportUnknownKeys walks tables, lists and maps', () => {
  const shape: KeyShape = {
    keys: { a: { keys: { b: 'any' } }, l: { list: { keys: { x: 'any' } } }, m: { map: { keys: { y: 'any' } } } },
  };
  const { root } = parseYaml('a: {b: {z: 1}, c: 1}\nl: [{x: 1, xx: 2}]\nm: {free: {y: 1, q: 2}}\nk: 1\n', 'f.yaml');
  const findings = new FindingList('svc');
  reportUnknownKeys(findings, 'Loki', root, shape);
  expect(
    findings.all.map(({ message, at, service }) => [message.split(',')[0], at?.line, at?.column, service]),
  ).toEqual([
    ['Loki has no key "c" under a', 1, 16, 'svc'],
    ['Loki has no key "xx" under l.0', 2, 12, 'svc'],
    ['Loki has no key "q" under m.free', 3, 18, 'svc'],
    ['Loki has no key "k" at the top level', 4, 1, 'svc'],
  ]);
  expect(findings.all[1]?.remedy).toBe('Did you mean "x"?');
});
