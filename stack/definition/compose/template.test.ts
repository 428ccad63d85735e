import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { substitute, TemplateError } from './template.ts';

const values: Record<string, string> = { SET: 'value', EMPTY: '', A_1: 'a' };

function apply(template: string): { text: string; unset: string[] } {
  const unset: string[] = [];
  const text = substitute(
    template,
    (name) => values[name],
    (name) => unset.push(name),
  );
  return { text, unset };
}

describe('substitute', () => {
  const rows: [string, string][] = [
    ['$SET', 'value'],
    [`\${SET}`, 'value'],
    [`$SET.$A_1-\${A_1}b`, 'value.a-ab'],
    [`\${NO:-d}`, 'd'],
    [`\${EMPTY:-d}`, 'd'],
    [`\${EMPTY-d}`, ''],
    [`\${NO-d}`, 'd'],
    [`\${SET:+r}`, 'r'],
    [`\${EMPTY:+r}`, ''],
    [`\${EMPTY+r}`, 'r'],
    [`\${NO+r}`, ''],
    [`\${SET:?e}`, 'value'],
    [`\${EMPTY?e}`, ''],
    [`\${NO:-\${ALSO:-\${SET}}}`, 'value'],
    [`\${NO:-{"a":{"b":1}}} x`, '{"a":{"b":1}} x'],
    [`\${NO:-http://h:1/?a=b}`, 'http://h:1/?a=b'],
    ['$$SET $$$SET $$', '$SET $value $'],
    ['a$ $1 $', 'a$ $1 $'],
    ['', ''],
  ];
  it.each(rows)('%s', (template, text) => {
    expect(apply(template)).toEqual({ text, unset: [] });
  });

  it('names what has no value, and leaves it empty', () => {
    expect(apply(`<$NO|\${NOPE}>`)).toEqual({ text: '<|>', unset: ['NO', 'NOPE'] });
  });

  it('says nothing of a variable in a default that is not used', () => {
    expect(apply(`\${SET:-$NO}`)).toEqual({ text: 'value', unset: [] });
  });

  it('refuses a required variable without a value, and forms that are none', () => {
    expect(() => apply(`\${NO:?set $A_1}`)).toThrow('The required variable NO is not set: set a');
    expect(() => apply(`\${EMPTY:?}`)).toThrow('The required variable EMPTY is empty');
    for (const template of [`\${`, `\${}`, `\${1}`, `\${A B}`, `\${A`, `\${A:=b}`]) {
      expect(() => apply(template), template).toThrow(TemplateError);
    }
  });

  it('leaves any text without a dollar sign alone, and undoes doubled ones', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(apply(text.replaceAll('$', '$$$$')).text).toBe(text);
      }),
    );
  });
});
