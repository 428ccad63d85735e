import { describe, expect, it } from 'vitest';
import { renderCtrf } from './ctrf.ts';
import { mergeResults } from './merge.ts';
import { positionIn } from './positions.ts';
import { renderSarif } from './sarif.ts';
import { resultsWith, rowWith, sampleResults } from './testing/sample-results.ts';

describe('positions', () => {
  it.each([
    ['14 days (conf/logstore.yaml:21)', { file: 'conf/logstore.yaml', line: 21 }],
    ['a scrape (conf/metricstore.yml:3:20), every 10 s', { file: 'conf/metricstore.yml', line: 3, column: 20 }],
    ['docker-compose.yml:31', { file: 'docker-compose.yml', line: 31 }],
    ['see ./alloy/config.alloy:7', { file: './alloy/config.alloy', line: 7 }],
    ['.env:2', undefined],
    ['Answers 200 on 0.0.0.0:3100', undefined],
    ['http://127.0.0.1:3100/config', undefined],
    ['http://logstore.internal:3100/config', undefined],
    ['at 10:30:12', undefined],
    ['loki:3100', undefined],
    ['', undefined],
  ])('%s', (text, position) => {
    expect(positionIn(text)).toEqual(position);
  });
});

describe('SARIF', () => {
  it('puts what is not kept at the line that promises it', () => {
    const [run] = JSON.parse(renderSarif(sampleResults())).runs;
    const places = run.results.map(
      (at: { ruleId: string; level: string; locations: { physicalLocation: { region: unknown } }[] }) => [
        at.ruleId,
        at.level,
        at.locations[0]?.physicalLocation,
      ],
    );
    expect(places).toEqual([
      [
        'PROMQL-RATE-03',
        'error',
        { artifactLocation: { uri: 'conf/metricstore.yml' }, region: { startLine: 3, startColumn: 20 } },
      ],
      ['LOKI-RETENTION-01', 'error', { artifactLocation: { uri: 'conf/logstore.yaml' }, region: { startLine: 21 } }],
      ['SEC-ANON-01', 'warning', { artifactLocation: { uri: 'conf/logstore.yaml' }, region: { startLine: 1 } }],
    ]);
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      'PROMQL-RATE-03',
      'LOKI-RETENTION-01',
      'SEC-ANON-01',
    ]);
  });

  it('holds no more than an upload may, failures first', () => {
    const many = Array.from({ length: 6000 }, (_, i) =>
      rowWith({ id: `A-${i}`, verdict: i < 3000 ? 'warn' : 'fail', message: 'm', promised: `a.yaml:${i + 1}` }),
    );
    const levels = JSON.parse(renderSarif(resultsWith(many))).runs[0].results.map((at: { level: string }) => at.level);
    expect(levels).toHaveLength(5000);
    expect(levels.filter((level: string) => level === 'error')).toHaveLength(3000);
  });
});

it('CTRF counts every row once', () => {
  const { results } = JSON.parse(renderCtrf(sampleResults()));
  const { tests, passed, failed, pending, skipped, other } = results.summary;
  expect([passed, failed, pending, skipped, other]).toEqual([72, 3, 1, 2, 6]);
  expect(passed + failed + pending + skipped + other).toBe(tests);
  expect(results.tests).toHaveLength(tests);
});

describe('merging shards', () => {
  const a = rowWith({ id: 'A' });
  const b = rowWith({ id: 'B', verdict: 'fail', message: 'm' });
  const left = (row: typeof a) => ({ ...row, verdict: 'not-run' as const, message: 'not of this shard' });

  it('takes each row from the shard that ran it', () => {
    const merged = mergeResults([resultsWith([a, left(b)]), resultsWith([left(a), b])]);
    expect(merged.results).toEqual([a, b]);
    expect(merged.summary).toMatchObject({ pass: 1, fail: 1, notRun: 0 });
  });

  it('refuses two verdicts for one row, other stacks, and nothing', () => {
    expect(() => mergeResults([resultsWith([a]), resultsWith([{ ...a, verdict: 'fail', message: 'm' }])])).toThrow(
      /two of the results hold a verdict for A logstore, pass and fail/,
    );
    const elsewhere = resultsWith([b]);
    expect(() => mergeResults([resultsWith([a]), { ...elsewhere, run: { ...elsewhere.run, stack: 'other' } }])).toThrow(
      /different stacks/,
    );
    expect(() => mergeResults([])).toThrow(/there are no results to merge/);
  });
});
