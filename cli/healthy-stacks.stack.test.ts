import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ResultRow } from '../schemas/results.ts';
import { runCli } from './testing/run-cli.ts';
import { removeTemporary } from './testing/temporary.ts';

/**
 * Healthy stacks of the shapes that real projects have: nothing may be found wrong with any of them. Two are written
 * from public examples: `host-monitoring` (github.com/stefanprodan/dockprom) and `trace-metrics` (github.com/grafana/tempo,
 * example/docker-compose).
 */
const TESTDATA = join(import.meta.dirname, '..', 'stack', 'testdata');

interface Expected {
  /** Rows that pass where every engine but `absent` is at hand, at least. */
  readonly pass: number;
  /** Warnings that are true of the stack as it is written, `ID subject`, and why they are left in it. */
  readonly warns?: Readonly<Record<string, string>>;
  /** Services whose engine cannot be had on every machine. */
  readonly absent?: readonly string[];
}

const FOR_EVER = 'it sets no retention, and that is what its owner chose';
const OPEN = 'its ports are open to all, as most are';

const STACKS: Readonly<Record<string, Expected>> = {
  'agent-chain': { pass: 90, warns: { 'SECURITY-BIND-01 agent': OPEN }, absent: ['agent'] },
  'agent-to-central': { pass: 30, absent: ['grafana'] },
  'alloy-tempo': {
    pass: 60,
    warns: {
      'SECURITY-BIND-01 alloy': OPEN,
      'SECURITY-PASSWORD-01 grafana': 'it has the default password, in a stack for a laptop',
    },
    absent: ['alloy', 'grafana', 'tempo'],
  },
  'built-images': { pass: 70 },
  'exporter-scraped': { pass: 20 },
  'features-off': { pass: 45, warns: { 'RETENTION-BOUNDED-01 loki': FOR_EVER } },
  'host-monitoring': { pass: 25, absent: ['grafana'] },
  'host-network': { pass: 65, warns: { 'RETENTION-BOUNDED-01 loki': FOR_EVER } },
  'inline-configs': { pass: 55, warns: { 'RETENTION-BOUNDED-01 log-db': FOR_EVER, 'SECURITY-BIND-01 gw': OPEN } },
  'legacy-loki': { pass: 25, warns: { 'RETENTION-BOUNDED-01 loki': FOR_EVER } },
  'loki-ruler': { pass: 55 },
  'loki-scalable': { pass: 55 },
  'multi-tenant-loki': { pass: 50, warns: { 'SECURITY-BIND-01 collector': OPEN }, absent: ['ui'] },
  'no-gateway': {
    pass: 60,
    warns: {
      'SECURITY-BIND-01 series': OPEN,
      'SECURITY-BIND-01 lines': OPEN,
      'SECURITY-BIND-01 spans': OPEN,
      'SECURITY-BIND-01 view': OPEN,
      'SECURITY-PASSWORD-01 view': 'it has the default password, in a stack for a laptop',
    },
    absent: ['view', 'spans'],
  },
  'reshaping-gateway': { pass: 60, warns: { 'SECURITY-BIND-01 reshaper': OPEN }, absent: ['reshaper', 'tempo'] },
  'several-prometheus': {
    pass: 50,
    warns: {
      'SECURITY-BIND-01 central': OPEN,
      'SECURITY-BIND-01 overview': OPEN,
      'SECURITY-BIND-01 alerts': OPEN,
      'SECURITY-BIND-01 pushgw': OPEN,
    },
    absent: ['pushgw'],
  },
  'tls-inside': { pass: 60, warns: { 'RETENTION-BOUNDED-01 logs': FOR_EVER }, absent: ['traces'] },
  'trace-metrics': {
    pass: 20,
    warns: { 'SECURITY-BIND-01 tempo': OPEN, 'SECURITY-BIND-01 prometheus': OPEN },
    absent: ['tempo'],
  },
  'with-others': {
    pass: 45,
    warns: { 'RETENTION-BOUNDED-01 loki': FOR_EVER, 'SECURITY-BIND-01 prometheus': OPEN },
    absent: ['tempo'],
  },
};

/** Two runs side by side are what two cores take; each waits for its place among the other tests' minutes. */
const SIDE_BY_SIDE = 2;
const PATIENCE_MS = 1_500_000;
/** A run of a healthy stack is over in 10 to 40 s; this leaves room for a busy machine. */
const RUN_SECONDS = '240';

/** How a row says that an engine is what it lacks: its name and version, and no row's. */
const AN_ENGINE = /^[a-z]+ (\d+\.\d+\.\d+|latest)$/;

afterAll(removeTemporary);

describe('healthy stacks', () => {
  it('are all listed here', () => {
    const directories = readdirSync(TESTDATA, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(directories.map(({ name }) => name).sort()).toEqual(Object.keys(STACKS).sort());
  });

  it.each(Object.keys(STACKS))('check finds nothing wrong with %s', async (name) => {
    const { code, stdout, stderr } = await runCli(['check', join(TESTDATA, name)]);
    expect(stdout + stderr).toMatch(/nothing wrong/);
    expect(code).toBe(0);
  });

  const place = places(SIDE_BY_SIDE);
  it.concurrent.each(Object.entries(STACKS))(
    'run finds nothing wrong with %s',
    async (name, expected) => {
      const words = ['run', '--driver', 'native', '--timeout', RUN_SECONDS, '--stack', join(TESTDATA, name)];
      const { results, stdout, stderr } = await place(() => runCli(words));
      const rows = results?.results ?? [];
      expect(rows.length, stdout + stderr).toBeGreaterThan(0);
      const where = (...verdicts: ResultRow['verdict'][]) => rows.filter(({ verdict }) => verdicts.includes(verdict));
      expect(where('fail', 'error', 'not-run').map(described)).toEqual([]);

      // A row may be blocked where an engine, or a Collector with a component, cannot be had here, and for no other reason.
      const blocked = where('blocked');
      expect(blocked.filter(({ blockedBy }) => !AN_ENGINE.test(blockedBy ?? '')).map(described)).toEqual([]);
      const missing = new Set(blocked.filter(({ id }) => id === 'READY-01').map(({ subject }) => subject));
      const unexpected = [...missing].filter((service) => expected.absent?.includes(service) !== true);
      const warns = new Set(where('warn').map(({ id, subject }) => `${id} ${subject}`));
      const known = Object.keys(expected.warns ?? {});
      expect([...warns].filter((warn) => !known.includes(warn))).toEqual([]);
      const unasked = known.filter((warn) => !warns.has(warn) && !missing.has(warn.split(' ')[1] ?? ''));
      expect(unasked).toEqual([]);
      if (unexpected.length === 0) expect(where('pass').length).toBeGreaterThanOrEqual(expected.pass);
    },
    PATIENCE_MS,
  );
});

function described({ id, subject, column, verdict, message }: ResultRow): string {
  return `${verdict} ${id} ${subject} ${column}: ${message}`;
}

/** Runs at most so many at once; the others wait in the order in which they came. */
function places(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const lanes = Array.from({ length: count }, () => Promise.resolve());
  let next = 0;
  return (work) => {
    const lane = next++ % count;
    const done = (lanes[lane] ?? Promise.resolve()).then(work);
    lanes[lane] = done.then(
      () => {},
      () => {},
    );
    return done;
  };
}
