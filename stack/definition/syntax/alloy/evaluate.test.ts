import { describe, expect, it } from 'vitest';
import { evaluateAlloy } from './evaluate.ts';
import { parseAlloy } from './parser.ts';
import { toPlainValue } from './values.ts';

const value = (text: string): unknown => {
  const [statement] = parseAlloy(`a = ${text}`, 'f').body;
  if (statement?.kind !== 'attribute') throw new Error(text);
  const result = evaluateAlloy(statement.value, {
    environment: (name) => ({ HOST: 'tempo' })[name] ?? '',
    lookup: () => undefined,
  });
  if (result.kind === 'reference') return result.path.join('.');
  return result.kind === 'unknown' ? `unknown: ${result.why}` : toPlainValue(result);
};

describe('Alloy expressions', () => {
  it.each([
    ['"http://" + sys.env("HOST") + ":4318"', 'http://tempo:4318'],
    ['env("NOT_SET")', ''],
    ['coalesce(sys.env("NOT_SET"), "fallback")', 'fallback'],
    ['string.format("%s:%d%%", env("HOST"), 4317)', 'tempo:4317%'],
    ['string.join(["a", "b"], "-")', 'a-b'],
    ['string.trim_suffix("host.", ".")', 'host'],
    ['encoding.from_json(`{"a": [1, {"b": "c"}]}`).a[1]["b"]', 'c'],
    ['encoding.from_yaml("a: [x, y]")["a"]', ['x', 'y']],
    ['encoding.from_base64("aGk=")', 'hi'],
    ['concat([1], [2, 3])', [1, 2, 3]],
    ['(1 + 2) * 3 - 7 / 2', 6],
    ['1 == 1 && !(2 > 3)', true],
    ['otelcol.exporter.otlp.tempo.input', 'otelcol.exporter.otlp.tempo.input'],
    ['local.file.key["content"]', 'local.file.key.content'],
    ['constants.hostname + "x"', 'unknown: an operand is not known'],
    ['json_path(local.file.x.content, ".a")', 'unknown: json_path() is not computed'],
    ['encoding.from_json("{")', 'unknown: its argument cannot be decoded'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });
});
