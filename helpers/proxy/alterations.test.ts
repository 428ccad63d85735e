import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { recorded, recordingsOf } from '../testing/recordings.ts';
import { ALTERATION_NAMES, alter, alterationsFor, answerKindOf, countOf } from './alterations.ts';
import { differences } from './differences.ts';

const answers: Readonly<Record<string, string>> = {
  ...bodies('prometheus'),
  ...bodies('loki'),
  ...bodies('tempo'),
};
const configText =
  'auth_enabled: false\nlimits_config:\n  retention_period: 14d\n  max_streams: 10\n  path: /data\nlist: [a]\n';
const metricsText = '# HELP up Up.\n# TYPE up gauge\nup{job="a b"} 1\nplain 2.5\n# EOF\n';

function bodies(engine: 'prometheus' | 'loki' | 'tempo'): Record<string, string> {
  const accepted = Object.entries(recordingsOf(engine)).filter(([, { status }]) => status === 200);
  return Object.fromEntries(accepted.map(([name, { body }]) => [`${engine} ${name}`, body]));
}

const trace = recorded('tempo', 'traceV2').body;
const traceMetrics = recorded('tempo', 'metricsRange').body;
const atMost = (count: number): number[] => Array.from({ length: Math.min(count, 40) }, (_, seed) => seed);

describe('every alteration of every recorded answer', () => {
  for (const [name, body] of Object.entries(answers)) {
    for (const alteration of ALTERATION_NAMES) {
      const count = countOf(body, alteration);
      if (count === 0) continue;
      it(`${alteration} touches exactly one datum of ${name}`, () => {
        const before: unknown = JSON.parse(body);
        for (const seed of atMost(count)) {
          const result = alter(body, alteration, seed);
          const after: unknown = JSON.parse(result?.body ?? '');
          const { record } = result ?? {};
          expect(differences(before, after), `${JSON.stringify(record)}`).toHaveLength(1);
          expect(record?.before).not.toBe(record?.after);
          if (alteration !== 'empty-result') expect(answerKindOf(result?.body ?? '')).toMatch(sameShape(record?.kind));
          expect(alter(body, alteration, seed)).toEqual(result);
        }
      });
    }
  }

  it('covers every alteration of JSON', () => {
    const used = ALTERATION_NAMES.filter((name) => Object.values(answers).some((body) => countOf(body, name) > 0));
    const ofText = ['change-config-value', 'shift-sample', 'drop-sample'];
    expect([...used, ...ofText].toSorted()).toEqual([...ALTERATION_NAMES].toSorted());
  });
});

/** With its only row dropped, a list cannot be told from another list any more. */
function sameShape(kind: string | undefined): RegExp {
  return new RegExp(`^(${kind}|objects|document)$`);
}

describe('alter', () => {
  const streams = recorded('loki', 'streams').body;
  const vector = recorded('prometheus', 'vector').body;

  it('keeps every other byte, integers beyond 2^53 included', () => {
    const body = '{"status":"success",\n "data": {"big": 9223372036854775807, "small": 1.50, "s": "x\\u0026y"}}';
    expect(alter(body, 'change-field', 1)?.body).toBe(body.replace('1.50', '2.5'));
    expect(alter(body, 'change-field', 0)?.record).toMatchObject({
      path: '$.data.big',
      before: '9223372036854775807',
      after: '9315605757223323565',
    });
  });

  it('records path, datum before and after, and the words that name it', () => {
    expect(alter(vector, 'shift-value', 0)?.record).toEqual({
      alteration: 'shift-value',
      kind: 'vector',
      path: '$.data.result[0].value[1]',
      before: '7',
      after: '8',
      names: ['7', '8', 'shop_orders_total', 'api', 'new'],
    });
    expect(alter(streams, 'change-line', 1)?.record).toMatchObject({
      path: '$.data.result[0].values[1][1]',
      before: 'order 1 placed',
      after: 'order 1 placed (altered)',
    });
    expect(alter(streams, 'shift-time', 0)?.record.names).toContain('{"msg":"order 2 failed","code":7}');
    expect(alter(trace, 'change-span-parent')?.record.names).toContain('1112131415161718');
  });

  it('goes through all data of an answer by seed, and round again', () => {
    const paths = [0, 1, 2, 3, 4].map((seed) => alter(vector, 'drop-row', seed)?.record.path);
    expect(new Set(paths).size).toBe(5);
    expect(alter(vector, 'drop-row', 5)?.record.path).toBe(paths[0]);
  });

  it('shifts times in the unit of the answer', () => {
    const shifted = alter(streams, 'shift-time', 0)?.record;
    expect(BigInt(shifted?.after ?? 0) - BigInt(shifted?.before ?? 0)).toBe(1_000_000_000n);
    const inMs = alter(traceMetrics, 'shift-time', 0)?.record;
    expect(Number(inMs?.after) - Number(inMs?.before)).toBe(1000);
    const inSeconds = alter(vector, 'shift-time', 0)?.record;
    expect(Number(inSeconds?.after) - Number(inSeconds?.before)).toBeCloseTo(1, 3);
  });

  it('changes one value of a configuration, also of one inside JSON', () => {
    expect(
      atMost(countOf(configText, 'change-config-value')).map(
        (seed) => alter(configText, 'change-config-value', seed)?.record,
      ),
    ).toMatchObject([
      { path: 'line 1 (auth_enabled)', before: 'false', after: 'true' },
      { path: 'line 3 (retention_period)', before: '14d', after: '15d' },
      { path: 'line 4 (max_streams)', before: '10', after: '11' },
      { path: 'line 5 (path)', before: '/data', after: '/data-altered' },
    ]);
    const config = recorded('prometheus', 'config').body;
    const result = alter(config, 'change-field', 0);
    expect(result?.record).toMatchObject({ path: '$.data.yaml line 2 (scrape_interval)', before: '1s', after: '2s' });
    const [old, altered] = [config, result?.body ?? ''].map((body) => parse(JSON.parse(body).data.yaml));
    expect(differences(old, altered)).toEqual(['$.global.scrape_interval']);
  });

  it('changes or drops one sample of an exposition', () => {
    expect(alter(metricsText, 'shift-sample', 0)?.body).toBe(metricsText.replace('} 1', '} 2'));
    expect(alter(metricsText, 'drop-sample', 1)?.body).toBe(metricsText.replace('plain 2.5\n', ''));
  });

  it('leaves an answer alone that has nothing of the kind', () => {
    expect(alter(recorded('prometheus', 'empty').body, 'drop-row')).toBeUndefined();
    expect(alter(streams, 'drop-span')).toBeUndefined();
    expect(alter('ready', 'drop-row')).toBeUndefined();
    expect(alter('{"cut": ', 'change-field')).toBeUndefined();
  });
});

describe('answerKindOf', () => {
  it.each([
    ['vector', recorded('prometheus', 'vector').body],
    ['streams', recorded('loki', 'streams').body],
    ['label-sets', recorded('prometheus', 'series').body],
    ['strings', recorded('loki', 'labels').body],
    ['exemplars', recorded('prometheus', 'exemplars').body],
    ['objects', recorded('prometheus', 'targets').body],
    ['document', recorded('prometheus', 'flags').body],
    ['trace', trace],
    ['objects', recorded('tempo', 'search').body],
    ['trace-metrics', traceMetrics],
    ['config-text', configText],
    ['metrics-text', metricsText],
    ['other', 'ready'],
  ])('%s', (kind, body) => {
    expect(answerKindOf(body)).toBe(kind);
  });

  it('has alterations for every kind with data', () => {
    expect(alterationsFor('streams')).toEqual(expect.arrayContaining(['drop-line', 'change-line', 'change-metadata']));
    expect(alterationsFor('trace')).toContain('change-span-attribute');
    expect(alterationsFor('other')).toEqual([]);
  });
});
