import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDuration, parsePrometheusDuration } from '../shared/durations.ts';
import { testContext } from '../shared/test-context.ts';
import { engineBinary, run, scratch } from '../shared/test-engine.ts';
import { PROMETHEUS_CASES, type PrometheusCase } from './cases.ts';
import { knownFlags } from './flags.ts';
import { readPrometheus } from './reader.ts';

const prometheus = engineBinary('prometheus');
const promtool = engineBinary('prometheus', 'promtool');
const skipped = prometheus === undefined ? ' (skipped: engine prometheus not found)' : '';

function read(one: PrometheusCase, flags: readonly string[] = []) {
  return readPrometheus(
    testContext({
      engine: 'prometheus',
      argv: ['prometheus', '--config.file=/etc/p/prometheus.yml', ...flags],
      files: {
        '/etc/p/prometheus.yml': one.yaml,
        ...(one.rules === undefined ? {} : { '/etc/p/rules.yml': one.rules }),
      },
      version: '3.16.0',
    }),
  );
}

describe(`what the reader says, promtool says${skipped}`, () => {
  it.skipIf(promtool === undefined).each(PROMETHEUS_CASES)('$title: $errors', async (one) => {
    const errors = read(one).findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ id }) => id)).toEqual(one.errors);
    const directory = scratch({
      'prometheus.yml': one.yaml,
      ...(one.rules === undefined ? {} : { 'rules.yml': one.rules }),
    });
    const { code, output } = await run(promtool?.path ?? '', ['check', 'config', `${directory.path}/prometheus.yml`]);
    directory.remove();
    expect(code === 0, output.slice(0, 500)).toBe(one.errors.length === 0);
  });

  it.skipIf(prometheus === undefined)('has the flags of the program', async () => {
    const { output } = await run(prometheus?.path ?? '', ['--help']);
    const flags = [
      ...output.matchAll(/^ {2}(?:-h| {3}), --(?:\[no-\])?([a-z0-9.-]+)|^ {6}--(?:\[no-\])?([a-z0-9.-]+)/gm),
    ].map(([, short, long]) => short ?? long ?? '');
    expect(flags.length).toBeGreaterThan(40);
    expect(flags.filter((flag) => !knownFlags().includes(flag))).toEqual([]);
  });
});

describe.skipIf(prometheus === undefined)(`what the reader says, a running Prometheus says${skipped}`, () => {
  const full = PROMETHEUS_CASES.find(({ title }) => title === 'a full one');
  const flags = [
    '--web.enable-otlp-receiver',
    '--enable-feature=exemplar-storage',
    '--web.route-prefix=/p',
    '--web.enable-lifecycle',
  ];
  const directory = scratch({ 'prometheus.yml': full?.yaml ?? '' });
  let base = '';
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    const port = await freePort();
    base = `http://127.0.0.1:${port}/p`;
    const args = [
      `--config.file=${directory.path}/prometheus.yml`,
      `--storage.tsdb.path=${directory.path}/data`,
      ...flags,
    ];
    const child = spawn(prometheus?.path ?? '', [...args, `--web.listen-address=127.0.0.1:${port}`], {
      stdio: 'ignore',
    });
    stop = async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    };
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      const ready = await fetch(`${base}/-/ready`).catch(() => undefined);
      if (ready?.status === 200) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new Error(`Prometheus at ${base} is not ready after 30 s.`);
  });

  afterAll(async () => {
    await stop();
    directory.remove();
  });

  const api = async (path: string): Promise<Record<string, unknown>> => {
    const answer = (await (await fetch(`${base}/api/v1/${path}`)).json()) as { data: Record<string, unknown> };
    return answer.data;
  };

  it('of retention', async () => {
    const facts = read(full ?? { title: '', yaml: '', errors: [] }, flags);
    const { storageRetention } = await api('status/runtimeinfo');
    const [time = '', size] = String(storageRetention).split(' or ');
    expect(facts.retention[0]?.period?.value).toBe(parsePrometheusDuration(time));
    expect(size).toBe('10GiB');
    expect(facts.retention[0]?.sizeBytes?.value).toBe(10 * 2 ** 30);
  });

  it('of flags', async () => {
    const facts = read(full ?? { title: '', yaml: '', errors: [] }, flags);
    const inForce = await api('status/flags');
    expect(facts.features['otlp-receiver']?.value).toBe(inForce['web.enable-otlp-receiver'] === 'true');
    expect(facts.features['remote-write-receiver']?.value).toBe(inForce['web.enable-remote-write-receiver'] === 'true');
    expect(facts.features['lifecycle-api']?.value).toBe(inForce['web.enable-lifecycle'] === 'true');
    expect(facts.features['admin-api']?.value).toBe(inForce['web.enable-admin-api'] === 'true');
  });

  it('of the paths that answer', async () => {
    const facts = read(full ?? { title: '', yaml: '', errors: [] }, flags);
    const root = base.replace(/\/p$/, '');
    for (const listener of facts.listeners) {
      const push = listener.signals.length > 0;
      const answer = await fetch(`${root}${listener.path ?? ''}`, {
        method: push ? 'POST' : 'GET',
        redirect: 'manual',
      });
      // Prometheus answers a receiver that is off with 404, and one that is on with what it has against an empty body.
      expect([listener.component, answer.status === 404]).toEqual([listener.component, !listener.enabled.value]);
    }
  });

  it('of scrape jobs', async () => {
    const facts = read(full ?? { title: '', yaml: '', errors: [] }, flags);
    const { yaml } = await api('status/config');
    for (const { job, intervalMs } of facts.scrapes) {
      const section = String(yaml)
        .split('- job_name: ')
        .find((part) => part.startsWith(`${job}\n`));
      expect(section).toContain(`scrape_interval: ${formatDuration(intervalMs)}`);
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
