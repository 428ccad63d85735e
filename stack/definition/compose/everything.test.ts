import { describe, expect, it } from 'vitest';
import { readCompose } from './read-compose.ts';
import { fixture, fixtureNames } from './testing/fixtures.ts';
import { place, readFixture, serviceOf, variables, words } from './testing/read.ts';

describe('all features in one project', () => {
  const project = readFixture('everything');
  const { directory } = project;
  const logs = serviceOf(project, 'logs');
  const gateway = serviceOf(project, 'gateway');

  it('is found, named and filtered', () => {
    expect(project.name).toBe('shop-eu');
    expect(project.files).toEqual(['main.yml', 'site.yml']);
    expect(project.services.map((service) => service.name).sort()).toEqual(['gateway', 'logs', 'metrics', 'sidecar']);
    expect(project.inactive).toEqual({ debug: ['debug'] });
    expect(project.findings).toEqual([]);
  });

  it('joins anchor, extended service and override file in one service', () => {
    expect(logs).toMatchObject({
      image: 'registry.example.com:5000/mirror/grafana/loki:3.5.0',
      user: '10001:10001',
      restart: 'unless-stopped',
      stopGracePeriodMs: 30_000,
      memoryLimitBytes: 1024 ** 3,
      networks: { default: ['loki'] },
    });
    expect(logs.command).toBeUndefined();
    expect(logs.ports.map((port) => port.published)).toEqual([3200]);
    expect(variables(logs)).toEqual({ ENGINE: 'yes', TZ: 'Europe/Amsterdam', REGION: 'eu' });
  });

  it('gives each mount its source, and each its place', () => {
    expect(logs.mounts.map(({ at: _, ...mount }) => mount)).toEqual([
      { kind: 'bind', source: `${directory}/common/rules`, target: '/etc/rules', readOnly: true, createHostPath: true },
      { kind: 'volume', volume: 'logs', target: '/loki', readOnly: false },
      { kind: 'tmpfs', target: '/tmp', sizeBytes: 32 * 1024 ** 2 },
      {
        kind: 'config',
        name: 'loki',
        target: '/etc/loki/loki.yaml',
        contentAt: { file: 'main.yml', line: 41, column: 14 },
        content: 'common: { path_prefix: "/srv/eu/data" }\nlimits_config: { retention_period: 744h }\n',
        mode: 0o444,
      },
    ]);
    expect(logs.mounts.map(place)).toEqual([
      'common/engine.yml:5:16',
      'main.yml:18:16',
      'main.yml:18:30',
      'main.yml:17:9',
    ]);
    expect(project.volumes.logs?.device).toBe('/srv/eu/data/logs');
    expect(project.volumes.prometheus).toMatchObject({ name: 'prod-prometheus', external: true });
  });

  it('joins env files and environment', () => {
    expect(variables(gateway)).toMatchObject({
      TZ: 'UTC',
      REGION: 'eu',
      TOKEN: `\${not} expanded`,
      QUEUE: 'http://loki:3100/q',
      OTEL_CONFIG: expect.stringContaining(`"\${env:TOKEN}"`),
    });
    expect(gateway.dependsOn.map((each) => [each.service, each.condition, each.required])).toEqual([
      ['logs', 'service_healthy', true],
      ['metrics', 'service_started', false],
    ]);
    expect(gateway.ports.map((port) => [port.published, port.protocol])).toEqual([
      [4317, 'tcp'],
      [4318, 'tcp'],
      [8125, 'udp'],
    ]);
  });

  it('lets the included file have its own .env under the outer one', () => {
    const metrics = serviceOf(project, 'metrics');
    expect(metrics.image).toBe('prom/prometheus:v3.5.0');
    expect(words(metrics.command)).toContain('--web.enable-otlp-receiver');
    expect(metrics.mounts[0]).toMatchObject({ source: `${directory}/metrics/prometheus.yml`, readOnly: true });
    expect(serviceOf(project, 'sidecar').build?.args).toEqual({ REGION: 'eu', VERSION: '3.5.0' });
  });
});

describe('every fixture', () => {
  it.each(fixtureNames())('%s has a place in an existing line for every element', (name) => {
    const { directory, options } = fixture(name);
    const project = readCompose(directory, options);
    for (const service of project.services) {
      const elements = [service, ...service.mounts, ...service.ports, ...(service.command ?? []), ...service.dependsOn];
      for (const { at } of [...elements, ...Object.values(service.environment)]) {
        expect(at.line, place({ at })).toBeGreaterThan(0);
        expect(at.column, place({ at })).toBeGreaterThan(0);
        expect(at.file).not.toMatch(/^\.\.|^$/);
      }
    }
  });
});
