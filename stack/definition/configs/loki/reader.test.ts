import { describe, expect, it } from 'vitest';
import type { EngineFacts } from '../../facts.ts';
import { testContext } from '../shared/test-context.ts';
import { LOKI_CASES, type LokiCase } from './cases.ts';
import { readLoki } from './reader.ts';

const CONFIG = '/etc/loki/config.yaml';

function read(one: Pick<LokiCase, 'yaml' | 'flags' | 'environment'>, files: Record<string, string> = {}): EngineFacts {
  return readLoki(
    testContext({
      engine: 'loki',
      argv: ['/usr/bin/loki', `-config.file=${CONFIG}`, ...(one.flags ?? [])],
      files: { [CONFIG]: one.yaml, ...files },
      environment: one.environment ?? {},
      version: '3.7.8',
    }),
  );
}

function caseOf(title: string): LokiCase {
  const found = LOKI_CASES.find((one) => one.title === title);
  if (found === undefined) throw new Error(`there is no case "${title}"`);
  return found;
}

const limit = (facts: EngineFacts, key: string) =>
  facts.limits.find((fact) => fact.key === `limits_config.${key}`)?.setting;

it.each(LOKI_CASES)('$title: $errors', (one) => {
  const errors = read(one).findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ id }) => id)).toEqual(one.errors);
  for (const { at } of errors) expect(at?.line).toBeGreaterThan(0);
});

describe('retention', () => {
  it('holds what must be on beside the period', () => {
    const [all, stream] = read(caseOf('retention with all that it needs')).retention;
    expect(all).toMatchObject({ period: { value: 31 * 86_400_000, at: { line: 10 } } });
    expect(all?.enablers.map(({ satisfied }) => satisfied)).toEqual([true, true, true]);
    expect(stream).toMatchObject({ selector: '{a="b"}', period: { value: 86_400_000 } });
  });

  it('stays a promise where the compactor is off', () => {
    const [fact] = read(caseOf('retention without an enabler')).retention;
    expect(fact?.period?.value).toBe(744 * 3_600_000);
    expect(fact?.enablers.map(({ setting, satisfied }) => [setting.key, satisfied])).toEqual([
      ['compactor.retention_enabled', false],
      ['compactor.delete_request_store', false],
      ['schema_config.configs.store', true],
    ]);
  });

  it('is no promise where nobody speaks of it', () => {
    expect(read(caseOf('a small healthy one')).retention).toEqual([]);
  });

  it('of the table manager is a promise that tsdb breaks', () => {
    const yaml = `${caseOf('a small healthy one').yaml}table_manager: {retention_deletes_enabled: true, retention_period: 168h}\n`;
    const [fact] = read({ yaml }).retention;
    expect(fact?.enablers.map(({ satisfied }) => satisfied)).toEqual([true, false]);
  });

  it('has tenants of its own', () => {
    const yaml = `${caseOf('a small healthy one').yaml}runtime_config: {file: /o.yaml}\n`;
    const overrides = 'overrides:\n  team-a: {retention_period: 48h, ingestion_rate_mb: 1, nope: 1}\n';
    const facts = read({ yaml }, { '/o.yaml': overrides });
    expect(facts.retention).toMatchObject([
      { tenant: 'team-a', period: { value: 172_800_000, at: { file: 'o.yaml', line: 2 } } },
    ]);
    expect(facts.limits.filter(({ tenant }) => tenant === 'team-a')).toMatchObject([
      { key: 'overrides.team-a.ingestion_rate_mb', setting: { value: 2 ** 20 }, unit: 'bytes/s' },
    ]);
    expect(facts.findings.map(({ id, at }) => [id, at?.line])).toEqual([['CONFIG-UNKNOWN-KEY', 2]]);
  });
});

it('reads limits from file, flag and default', () => {
  const many = read(caseOf('many limits'));
  expect(limit(many, 'ingestion_rate_mb')).toMatchObject({ value: 8 * 2 ** 20, from: 'file' });
  expect(limit(many, 'max_line_size')).toMatchObject({ value: 102_400 });
  expect(limit(many, 'max_query_length')).toMatchObject({ value: 30 * 86_400_000 + 3_600_000 });
  expect(limit(many, 'max_label_name_length')).toMatchObject({ value: 1024, from: 'default' });
  expect(many.features.volume).toMatchObject({ value: false, at: { line: 10 } });
  const flags = read(caseOf('flags over the file'));
  expect(limit(flags, 'max_label_names_per_series')).toMatchObject({ value: 7, from: 'flag', at: { line: 4 } });
  expect(flags.listeners.find(({ component }) => component === 'push')).toMatchObject({
    port: 3200,
    path: '/loki/api/v1/push',
  });
});

it('says which values variables gave', () => {
  const facts = read(caseOf('variables'));
  expect(limit(facts, 'max_line_size')).toMatchObject({ value: 65_536, from: 'environment' });
  expect(facts.retention[0]?.period).toMatchObject({ value: 259_200_000, from: 'environment' });
});

it('warns of a variable that stays as it stands', () => {
  const facts = read({
    yaml: caseOf('a small healthy one').yaml.replace('/tmp/telltale-loki/chunks', '"$'.concat('{DIR}"')),
  });
  expect(facts.findings.map(({ id }) => id)).toEqual(['CONFIG-NOT-EXPANDED']);
});
