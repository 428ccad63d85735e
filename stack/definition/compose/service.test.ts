import { describe, expect, it } from 'vitest';
import { readCompose } from './read-compose.ts';
import { withFiles } from './testing/fixtures.ts';
import { place, readFixture, serviceOf } from './testing/read.ts';

describe('build', () => {
  const project = readFixture('build');
  const of = (name: string) => serviceOf(project, name);

  it('in short and long form, from this machine or another', () => {
    expect(of('short').build).toMatchObject({ context: `${project.directory}/dir`, args: {} });
    expect(of('dot').build?.context).toBe(project.directory);
    expect(of('remote').build?.context).toBe('https://github.com/grafana/loki.git#main:cmd/loki');
    expect(of('scp').build?.context).toBe('git@github.com:grafana/tempo.git');
    expect(of('long').build).toMatchObject({
      dockerfile: 'docker/Dockerfile.prom',
      target: 'final',
      args: { VERSION: '3.5', FROM_HOST: 'host', FLAG: 'true' },
    });
    expect(of('args-list').build).toMatchObject({ context: project.directory, args: { A: '1', FROM_HOST: 'host' } });
    expect(of('inline').build?.dockerfileInline).toContain('FROM grafana/loki:3.5.0\n');
  });

  it('keeps the image of a private registry whole', () => {
    expect(of('dot').image).toMatch(/^registry\.example\.com:5000\/team\/app:1\.2@sha256:a+$/);
    expect(of('short').image).toBeUndefined();
  });

  it('keeps its place', () => {
    expect(place(of('long').build)).toBe('compose.yaml:7:7');
  });
});

describe('healthcheck', () => {
  const project = readFixture('healthcheck');
  const check = (name: string) => serviceOf(project, name).healthcheck;

  it('knows every form of test and duration', () => {
    expect(check('string')).toMatchObject({ test: ['CMD-SHELL', expect.stringContaining('wget')], disabled: false });
    expect(check('cmd')).toMatchObject({
      test: ['CMD', '/bin/prom', '--ready'],
      intervalMs: 90_000,
      timeoutMs: 500,
      retries: 7,
      startPeriodMs: 3_723_000,
    });
    expect(check('shell')).toMatchObject({ intervalMs: 1500, retries: 4 });
    expect(check('partial')).toMatchObject({ test: [], intervalMs: 86_400_000, timeoutMs: 30_000, retries: 3 });
  });

  it('knows both ways to switch it off', () => {
    expect([check('none'), check('disabled')].map((each) => [each?.disabled, each?.test])).toEqual([
      [true, ['NONE']],
      [true, ['NONE']],
    ]);
  });
});

describe('depends_on', () => {
  const project = readFixture('depends-on');
  const of = (name: string) => serviceOf(project, name).dependsOn.map(({ at: _, ...each }) => each);

  it('in short and long form', () => {
    expect(of('short').map((each) => each.service)).toEqual(['base', 'other']);
    expect(of('long')).toEqual([
      { service: 'base', condition: 'service_healthy', required: true },
      { service: 'other', condition: 'service_completed_successfully', required: false },
      { service: 'third', condition: 'service_started', required: true },
    ]);
  });

  it('is implied by links and by a shared network', () => {
    expect(of('linked').map((each) => each.service)).toEqual(['base', 'other']);
    expect(of('shared').map((each) => each.service)).toEqual(['base']);
    expect(serviceOf(project, 'shared').networkMode).toBe('service:base');
  });

  it('keeps its places', () => {
    expect(serviceOf(project, 'long').dependsOn.map(place)).toEqual([
      'compose.yaml:6:7',
      'compose.yaml:7:7',
      'compose.yaml:8:7',
    ]);
  });
});

describe('restart, replicas, limits and the rest', () => {
  const project = readFixture('deploy');
  const of = (name: string) => serviceOf(project, name);

  it('reads deploy and its older siblings', () => {
    expect(of('limits')).toMatchObject({
      replicas: 3,
      memoryLimitBytes: 1.5 * 1024 ** 3,
      restart: 'on-failure',
      restartMaxRetries: 4,
    });
    expect(of('scaled')).toMatchObject({ replicas: 2, memoryLimitBytes: 512 * 1024 ** 2, restart: 'no' });
    expect(of('failure')).toMatchObject({ restart: 'on-failure', restartMaxRetries: 3, memoryLimitBytes: 1024 ** 3 });
    expect(of('always')).toMatchObject({ restart: 'always', stopGracePeriodMs: 90_000, stopSignal: 'SIGINT' });
    expect(of('root')).toMatchObject({ user: '0' });
    expect(of('root').memoryLimitBytes).toBeUndefined();
  });

  it('reads who runs where', () => {
    expect(of('stopped')).toMatchObject({
      restart: 'unless-stopped',
      user: '10001:10001',
      workingDir: '/work',
      readOnly: true,
      hostname: 'host-a',
      containerName: 'my-container',
    });
  });

  it('turns words that compose lets through into what it means', () => {
    expect(serviceOf(readFixture('casts'), 'a')).toMatchObject({ readOnly: true, restart: 'no', replicas: 2 });
  });

  it('reports what only the container engine refuses', () => {
    const text = 'services:\n  a: { image: a, restart: sometimes }\n  b: { image: b, mem_limit: 512 }\n';
    const { findings } = withFiles({ 'compose.yaml': text }, (directory) =>
      readCompose(directory, { environment: {} }),
    );
    expect(findings.map((each) => [each.id, each.severity, each.service, place(each)])).toEqual([
      ['COMPOSE-RESTART', 'error', 'a', 'compose.yaml:2:27'],
      ['COMPOSE-MEMORY', 'error', 'b', 'compose.yaml:3:29'],
    ]);
  });
});

describe('networks', () => {
  const project = readFixture('networks');
  const of = (name: string) => serviceOf(project, name);

  it('of a service: the default one, lists, maps with aliases, none with network_mode', () => {
    expect(of('implicit').networks).toEqual({ default: [] });
    expect(of('list').networks).toEqual({ one: [], two: [] });
    expect(of('map').networks).toEqual({ one: ['alias-a', 'alias-b'], two: [], default: [] });
    expect([of('host').networks, of('host').networkMode, of('none').networkMode]).toEqual([{}, 'host', 'none']);
  });

  it('of the project: only those in use, by their real name', () => {
    expect(
      Object.entries(project.networks).map(([key, each]) => [key, each.name, each.external, each.internal]),
    ).toEqual([
      ['default', 'networks_default', false, false],
      ['one', 'networks_one', false, false],
      ['two', 'named-two', false, true],
      ['ext', 'ext', true, false],
      ['ext-named', 'outside', true, false],
    ]);
  });

  it('know extra hosts as a list and as a map', () => {
    expect(of('hosts-list').extraHosts).toEqual([
      'host.docker.internal=host-gateway',
      'six=::1',
      'six-b=::1',
      'two=10.0.0.1',
      'two=10.0.0.2',
    ]);
    expect(of('hosts-map').extraHosts).toEqual(['a.example=10.0.0.1', 'b.example=10.0.0.2', 'b.example=10.0.0.3']);
  });
});
