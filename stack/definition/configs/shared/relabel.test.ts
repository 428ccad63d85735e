import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../syntax/yaml.ts';
import { readRelabelRules, relabel } from './relabel.ts';

const rules = (yaml: string) => readRelabelRules(parseYaml(yaml, 'rules.yml').root);
const SERIES = { __name__: 'up', job: 'api', instance: 'api:80' };

describe('relabelling as Prometheus does it', () => {
  it('keeps and drops by a regex that must fit the whole value', () => {
    const keep = rules('[{source_labels: [job], regex: ap, action: keep}]');
    expect(relabel(SERIES, keep)).toMatchObject({ kind: 'dropped', by: { action: 'keep', at: { file: 'rules.yml' } } });
    expect(relabel(SERIES, rules('[{source_labels: [job], regex: api, action: drop}]')).kind).toBe('dropped');
    expect(relabel(SERIES, rules('[{source_labels: [job], regex: ap, action: drop}]')).kind).toBe('kept');
  });

  it('drops everything by the default regex', () => {
    expect(relabel(SERIES, rules('[{action: drop}]')).kind).toBe('dropped');
  });

  it('joins source labels, fills groups in, and lets later rules see it', () => {
    const chain = rules(
      `[{source_labels: [job, instance], separator: "@", regex: "(.*)@(?P<host>[^:]*):.*", target_label: where, replacement: "\${1} on \${host}"},
        {source_labels: [where], regex: api on api, action: keep}, {regex: instance, action: labeldrop}]`,
    );
    expect(relabel(SERIES, chain)).toEqual({
      kind: 'kept',
      labels: { __name__: 'up', job: 'api', where: 'api on api' },
    });
  });

  it('removes a label that becomes empty, and maps names', () => {
    expect(relabel(SERIES, rules('[{target_label: job, replacement: ""}]'))).toMatchObject({
      labels: { __name__: 'up', instance: 'api:80' },
    });
    expect(relabel(SERIES, rules('[{regex: (j)ob, replacement: $1, action: labelmap}]'))).toMatchObject({
      labels: { j: 'api' },
    });
  });

  it('says what it does not compute', () => {
    expect(relabel(SERIES, rules('[{source_labels: [job], modulus: 2, target_label: x, action: hashmod}]')).kind).toBe(
      'unknown',
    );
  });
});
