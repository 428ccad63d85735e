import { describe, expect, it } from 'vitest';
import { ottlEffects } from './ottl.ts';

describe('OTTL statements', () => {
  it.each([
    [
      ['set(attributes["env"], "prod")'],
      [{ kind: 'set-attribute', scope: 'span', key: 'env', value: 'prod', mode: 'upsert' }],
    ],
    [
      ['set(resource.attributes["env"], "a \\"b\\"") where resource.attributes["env"] == nil'],
      [{ kind: 'set-attribute', scope: 'resource', key: 'env', value: 'a "b"', mode: 'insert' }],
    ],
    [['delete_key(attributes, "http.url")'], [{ kind: 'delete-attribute', scope: 'span', key: 'http.url' }]],
    [
      ['set(attributes["b"], attributes["a"])', 'delete_key(attributes, "a")'],
      [{ kind: 'rename-attribute', scope: 'span', from: 'a', to: 'b' }],
    ],
    [['replace_pattern(attributes["url"], "token=[^&]+", "token=x")'], [expect.objectContaining({ kind: 'redact' })]],
    [['set(attributes["a"], Concat([name, "x"], " where "))'], [expect.objectContaining({ kind: 'unknown' })]],
    [['set(attributes["a"], "x") where name == "y"'], [expect.objectContaining({ kind: 'unknown' })]],
  ])('%j', (statements, effects) => {
    expect(ottlEffects(statements, 'span')).toEqual(effects);
  });

  it('sees a metric renamed', () => {
    expect(ottlEffects(['set(name, "b") where name == "a"'], 'metric')).toEqual([
      { kind: 'rename-metric', from: 'a', to: 'b' },
    ]);
  });
});
