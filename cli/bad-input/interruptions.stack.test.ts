import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningCli, rowOf, startCli } from '../testing/run-cli.ts';
import { removeTemporary, TINY_COMPOSE, tinyStack } from '../testing/temporary.ts';
import { expectTidy } from '../testing/words.ts';

afterEach(removeTemporary);

/** The moments of a run, by what it says when they begin. The last one is the longest: a target that is scraped late. */
const MOMENTS = {
  start: /start: Starting/,
  readiness: /start: Waiting until every service is ready/,
  push: /push: Pushing/,
  checks: /check: Looking back/,
  stop: /stop: Stopping/,
} as const;

/** The machine's own Node, where it is too old for Telltale, and the package's has to take over. */
const OLD_NODE = ['/usr/local/bin/node', '/usr/bin/node'].find((path) => isTooOld(path));

function isTooOld(path: string): boolean {
  if (!existsSync(path)) return false;
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)/.exec(stdout)?.[1] ?? 99) < 22;
}

/** A run that stays in its checks for some seconds, since Prometheus looks for its targets late. */
function start(node?: string, ...words: string[]): RunningCli {
  const stack = tinyStack({
    'prometheus.yml': 'scrape_configs:\n  - {job_name: own, static_configs: [{targets: ["localhost:9090"]}]}\n',
  });
  return startCli(['run', '--driver', 'native', '--stack', stack, ...words], node === undefined ? {} : { node });
}

describe('a signal ends the run well', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    for (const moment of ['start', 'checks'] as const) {
      it(`${signal} during ${moment}: exit 130, results written, nothing left`, async () => {
        const cli = start();
        await cli.said(MOMENTS[moment]);
        cli.signal(signal);
        const run = await cli.ended();
        expect(run.code).toBe(130);
        expect(run.stderr).toMatch(/Stopping the stack; again to stop at once/);
        expect(run.results?.run.outcome).toBe('interrupted');
        expect(run.results?.summary.notRun).toBeGreaterThan(0);
        expect(run.stdout).toMatch(/INTERRUPTED/);
        const end = run.events.at(-1);
        expect(end?.type === 'run-finished' ? end.message : end?.type).toBe(`interrupted by ${signal}`);
        expectTidy(run);
      });
    }
  }

  it('Ctrl-C in a terminal reaches every process at once, and ends it as well', async () => {
    const cli = start();
    await cli.said(MOMENTS.checks);
    cli.signalGroup('SIGINT');
    const run = await cli.ended();
    expect(run.code).toBe(130);
    expect(run.results?.run.outcome).toBe('interrupted');
    expect(rowOf(run.results, 'READY-01', 'meters')?.verdict).toBe('pass');
    expectTidy(run);
  });

  it('Ctrl-C before the stack is even read ends it', async () => {
    const cli = start();
    cli.signalGroup('SIGINT');
    const run = await cli.ended();
    expect(run.code ?? run.signal).toBe('SIGINT');
    expectTidy(run);
  });
});

describe('kill -9 of the process that the user started leaves nothing', () => {
  for (const moment of ['start', 'readiness', 'push', 'checks', 'stop'] as const) {
    for (const time of ['once', 'and again']) {
      it(`during ${moment}, ${time}`, async () => {
        const cli = start();
        await cli.said(MOMENTS[moment]);
        if (moment === 'checks') expect(cli.processes().join('\n')).toMatch(/prometheus/);
        cli.signal('SIGKILL');
        const run = await cli.ended();
        expect(run.signal).toBe('SIGKILL');
        expect(run.left).toEqual([]);
        expect(run.events[0]?.type).toBe('run-started');
        // Nobody takes it for the result of a run that ended.
        expect(run.results).toBeUndefined();
      });
    }
  }
});

describe.skipIf(OLD_NODE === undefined)(
  `under a Node that is too old to run it itself${OLD_NODE === undefined ? ' (skipped: no other Node found)' : ''}`,
  () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      it(`${signal} of the process that the user started ends all`, async () => {
        const cli = start(OLD_NODE);
        await cli.said(MOMENTS.checks);
        cli.signal(signal);
        const run = await cli.ended();
        expect(run.code ?? run.signal).toBe(signal === 'SIGTERM' ? 130 : 'SIGKILL');
        expect(run.results?.run.outcome).toBe('interrupted');
        expectTidy(run);
      });
    }

    it('one Ctrl-C that reaches the wrapper and what it started is one', async () => {
      const cli = start(OLD_NODE);
      await cli.said(MOMENTS.checks);
      cli.signalGroup('SIGINT');
      const run = await cli.ended();
      expect(run.code).toBe(130);
      expect(run.results?.run.outcome).toBe('interrupted');
      expectTidy(run);
    });
  },
);

it('a service that dies halfway: READY-03 fails, what comes after is blocked by it', async () => {
  const cli = start();
  await cli.said(MOMENTS.checks);
  cli.killInside(/prometheus --config|\/bin\/prometheus/);
  const run = await cli.ended();
  expect(run.code).toBe(1);
  const row = rowOf(run.results, 'READY-03', 'meters');
  expect(row?.verdict).toBe('fail');
  expect(row?.message).toMatch(/meters is exited at the end of the run after 0 restarts, last exit code 137/);
  const late = run.results?.results.find(({ id, verdict }) => id === 'SELF-TARGET-01' && verdict !== 'not-applicable');
  expect(`${late?.verdict} ${late?.blockedBy}`).toBe('blocked READY-03 meters');
  const failed = run.results?.results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  expect(failed).toEqual(['READY-03']);
  expectTidy(run);
});

it('a service that dies before the push: one failure, the rest is blocked by it', async () => {
  const cli = start();
  await cli.said(MOMENTS.push);
  cli.killInside(/prometheus/);
  const run = await cli.ended();
  expect(run.code).toBe(1);
  expect(rowOf(run.results, 'READY-03', 'meters')?.verdict).toBe('fail');
  const failed = run.results?.results.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  expect(failed).toEqual(['READY-03']);
  const blocked = run.results?.results.filter(({ verdict }) => verdict === 'blocked') ?? [];
  expect(blocked.length).toBeGreaterThan(3);
  expect(new Set(blocked.map(({ blockedBy }) => blockedBy))).toEqual(new Set(['READY-03 meters']));
  expectTidy(run);
});

it('a service that is brought back by its restart policy fails READY-03 with the count', async () => {
  const stack = tinyStack({
    'compose.yaml': `${TINY_COMPOSE}    restart: unless-stopped\n`,
    'prometheus.yml': 'scrape_configs:\n  - {job_name: own, static_configs: [{targets: ["localhost:9090"]}]}\n',
  });
  const cli = startCli(['run', '--driver', 'native', '--stack', stack]);
  await cli.said(MOMENTS.checks);
  cli.killInside(/prometheus/);
  const run = await cli.ended();
  expect(run.code).toBe(1);
  expect(rowOf(run.results, 'READY-03', 'meters')?.message).toMatch(/after 1 restart/);
  expectTidy(run);
});

it('--timeout ends the run: exit 3, with what was measured until then', async () => {
  const cli = start(undefined, '--timeout', '2');
  const run = await cli.ended();
  expect(run.code).toBe(3);
  expect(run.results?.run.outcome).toBe('failed');
  expect(run.results?.summary.notRun).toBeGreaterThan(0);
  expect(run.stdout).toMatch(/the 2 s\s+of\s+--timeout\s+are over/);
  expectTidy(run);
});

it('a reader that goes away (| head -1) ends nothing early and shows no stack trace', async () => {
  const cli = start();
  await cli.said(/telltale/);
  cli.closeStdout();
  const run = await cli.ended();
  expect(run.code).toBe(0);
  expect(run.results?.run.outcome).toBe('completed');
  expectTidy(run);
});

it('two runs of one stack at once both pass', async () => {
  const stack = tinyStack();
  const words = ['run', '--driver', 'native', '--area', 'readiness,ingest', '--stack', stack];
  const runs = [startCli(words), startCli(words)];
  for (const cli of runs) {
    const run = await cli.ended();
    expect(run.code).toBe(0);
    expectTidy(run);
  }
});
