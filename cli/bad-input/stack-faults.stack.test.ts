import { afterEach, describe, expect, it } from 'vitest';
import { type CliResult, rowOf, runCli } from '../testing/run-cli.ts';
import { removeTemporary, TINY_COMPOSE, TINY_PROMETHEUS, tinyStack, writeStack } from '../testing/temporary.ts';
import { expectTidy } from '../testing/words.ts';

afterEach(removeTemporary);

const run = (stack: string, ...words: string[]): Promise<CliResult> =>
  runCli(['run', '--driver', 'native', '--area', 'readiness,config', '--stack', stack, ...words]);

/** One service of an engine with one configuration file. */
function oneService(image: string, command: readonly string[], target: string, content: string): string {
  return writeStack({
    'compose.yaml': `services:\n  it:\n    image: ${image}\n    command: ${JSON.stringify(command)}\n    volumes:\n      - ./engine.yaml:${target}:ro\n`,
    'engine.yaml': content,
  });
}

/** Measured, written, and the row says `fail`: the stack is wrong, not the words or the machine. */
function expectNotReady(result: CliResult, service: string, says: RegExp): void {
  expect(result.code).toBe(1);
  const row = rowOf(result.results, 'READY-01', service);
  expect(row?.verdict).toBe('fail');
  expect(row?.message).toMatch(says);
  expect(row?.remedy).toMatch(/\w/);
  expect(result.stdout.replaceAll(/\s+/g, ' ')).toMatch(says);
  expect(result.events.at(-1)?.type).toBe('run-finished');
  expectTidy(result);
}

describe("a configuration that the engine refuses: exit 1, READY-01 with the engine's own words", () => {
  it('Prometheus', async () => {
    const result = await run(tinyStack({ 'prometheus.yml': 'global:\n  scrape_intervall: 1s\n' }));
    expectNotReady(result, 'meters', /field scrape_intervall not found in type config\.plain/);
  });

  it('Loki', async () => {
    const stack = oneService(
      'grafana/loki:3.7.8',
      ['-config.file=/etc/loki/c.yaml'],
      '/etc/loki/c.yaml',
      'auth_enabled: false\nserver:\n  http_listen_prot: 3100\n',
    );
    expectNotReady(await run(stack), 'it', /field http_listen_prot not found in type server\.Config/);
  });

  it('OpenTelemetry Collector', async () => {
    const stack = oneService(
      'otel/opentelemetry-collector:0.161.0',
      ['--config=/etc/otelcol/c.yaml'],
      '/etc/otelcol/c.yaml',
      'receivers:\n  otlp:\n    protocols:\n      grpc: {}\nexporters:\n  debug: {}\nservice:\n  pipelines:\n    traces: {receivers: [otlp], exporters: [dbg]}\n',
    );
    expectNotReady(await run(stack), 'it', /references exporter "dbg" which is not configured/);
  });

  it('Alertmanager', async () => {
    const stack = oneService(
      'prom/alertmanager:v0.31.1',
      ['--config.file=/etc/alertmanager/c.yml'],
      '/etc/alertmanager/c.yml',
      'route:\n  receiver: nobody\nreceivers:\n  - name: somebody\n',
    );
    expectNotReady(await run(stack), 'it', /undefined receiver [\\"]*nobody[\\"]* used in route/);
  });
});

it('a flag that the engine does not know: exit 1 with its words', async () => {
  const compose = TINY_COMPOSE.replace('--web.enable-otlp-receiver', '--web.enable-otlp-reciever');
  expectNotReady(
    await run(tinyStack({ 'compose.yaml': compose })),
    'meters',
    /unknown long flag '--web\.enable-otlp-reciever'/,
  );
});

it('a service that exits at once is named with its exit code, and its restarts are counted', async () => {
  const compose = `${TINY_COMPOSE}    restart: always\n`;
  const result = await run(tinyStack({ 'compose.yaml': compose, 'prometheus.yml': 'scrape_configs: 5\n' }));
  expectNotReady(result, 'meters', /exited with code 2 after 3 restarts/);
});

it('what depends on a service that failed is blocked by its row, not failed as well', async () => {
  const stack = tinyStack({ 'prometheus.yml': 'scrape_configs: 5\n' });
  const result = await runCli(['run', '--driver', 'native', '--stack', stack]);
  expect(result.code).toBe(1);
  const ingest =
    result.results?.results.filter(({ area, verdict }) => area === 'ingest' && verdict !== 'not-applicable') ?? [];
  expect(ingest.length).toBeGreaterThan(0);
  expect(new Set(ingest.map(({ verdict, blockedBy }) => `${verdict} ${blockedBy}`))).toEqual(
    new Set(['blocked READY-01 meters']),
  );
  expectTidy(result);
});

it('a service that never gets ready is given up at its budget', async () => {
  const compose = TINY_COMPOSE.replace('--web.enable-otlp-receiver', '--web.listen-address=127.0.0.1:9090');
  const result = await run(tinyStack({ 'compose.yaml': compose, 'telltale.yaml': 'budgets:\n  ready.meters: 1.5\n' }));
  expectNotReady(
    result,
    'meters',
    /did not get ready: waited 1\.5 s for meters to be ready at port 9090.*connection refused/s,
  );
});

it('a mounted file that does not exist is named, with the service', async () => {
  const compose = TINY_COMPOSE.replace('./prometheus.yml:', './prometheus.yaml:');
  const result = await run(tinyStack({ 'compose.yaml': compose }));
  expectNotReady(
    result,
    'meters',
    /prometheus\.yaml does not exist, so a container engine makes an empty directory of it/,
  );
  expect(rowOf(result.results, 'CONFIG-SOUND-01', 'meters')?.message).toMatch(/compose\.yaml:7:9: .*prometheus\.yaml/);
});

it('with create_host_path off a missing source is refused as compose does', async () => {
  const compose = TINY_COMPOSE.replace(
    '- ./prometheus.yml:/etc/prometheus/prometheus.yml:ro',
    '- {type: bind, source: ./none.yml, target: /etc/prometheus/prometheus.yml, bind: {create_host_path: false}}',
  );
  expectNotReady(
    await run(tinyStack({ 'compose.yaml': compose })),
    'meters',
    /the source \S+\/none\.yml of its mount \/etc\/prometheus\/prometheus\.yml does not exist/,
  );
});

it('two services that publish one host port: a row for the second, at its line', async () => {
  const compose = `${TINY_COMPOSE}  page:\n    image: nginx:1.29\n    ports: ["9090:80"]\n`;
  const result = await run(tinyStack({ 'compose.yaml': compose }));
  expect(result.code).toBe(1);
  const row = rowOf(result.results, 'CONFIG-SOUND-01', 'page');
  expect(row?.verdict).toBe('fail');
  expect(row?.message).toMatch(/compose\.yaml:10:13: page and meters both publish port 9090/);
  expect(rowOf(result.results, 'READY-01', 'meters')?.verdict).toBe('pass');
  expectTidy(result);
});

it("a port taken by another process in the same network namespace: exit 1 with the engine's words", async () => {
  const second = TINY_COMPOSE.split('\n')
    .slice(1)
    .join('\n')
    .replace('meters:', 'more:')
    .replace(/ +ports:.*\n/, '');
  const compose = `${TINY_COMPOSE}${second}    network_mode: "service:meters"\n    depends_on: [meters]\n`;
  const result = await run(tinyStack({ 'compose.yaml': compose }));
  expect(result.code).toBe(1);
  // The first answers for both until the second has given up: then it is READY-03 that notices.
  const faulty =
    result.results?.results.filter(({ id, verdict }) => id.startsWith('READY') && verdict === 'fail') ?? [];
  expect(faulty).toHaveLength(1);
  expect(JSON.stringify(faulty)).toMatch(/address already in use/);
  expectTidy(result);
});

it('an undefined variable without a default is told with its place, and does not fail the run', async () => {
  const compose = TINY_COMPOSE.replace('"127', '"$' + '{BIND_TO}127');
  const result = await run(tinyStack({ 'compose.yaml': compose }));
  expect(result.code).toBe(0);
  const row = rowOf(result.results, 'CONFIG-SOUND-02', '(stack)');
  expect(row?.verdict).toBe('warn');
  expect(row?.message).toMatch(/compose\.yaml:5:\d+: The variable BIND_TO is not set/);
  expectTidy(result);
});

it('the same stack without a fault passes', async () => {
  const result = await run(tinyStack({ 'prometheus.yml': TINY_PROMETHEUS }));
  expect(result.code).toBe(0);
  expect(result.results?.summary).toMatchObject({ fail: 0, warn: 0, error: 0, blocked: 0 });
  expectTidy(result);
});
