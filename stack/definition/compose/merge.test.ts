import { describe, expect, it } from 'vitest';
import { place, readFixture, serviceOf, variables, words } from './testing/read.ts';

describe('several files', () => {
  const project = readFixture('several-files');
  const store = serviceOf(project, 'store');

  it('replaces scalars, commands and tests of health', () => {
    expect(store.image).toBe('grafana/loki:3.5.0');
    expect(words(store.command)).toEqual(['-config.file=/b.yaml']);
    expect(words(store.entrypoint)).toEqual(['/usr/bin/loki']);
    expect(store.healthcheck).toMatchObject({
      intervalMs: 10_000,
      timeoutMs: 3000,
      test: ['CMD-SHELL', expect.any(String)],
    });
  });

  it('joins environments in either form, the later winning', () => {
    expect(variables(store)).toMatchObject({ A: '1', B: '3', C: '4', FROM_A: 'a', SHARED: 'b' });
  });

  it('joins volumes by target and ports by what they publish', () => {
    expect(store.mounts.map((mount) => mount.target)).toEqual([
      '/etc/loki/loki.yaml',
      '/loki',
      '/more',
      '/tmp',
      '/run',
    ]);
    expect(store.mounts[0]).toMatchObject({ source: `${project.directory}/conf/other.yaml`, readOnly: false });
    expect(store.ports.map((port) => [port.published, port.target])).toEqual([
      [3100, 3100],
      [undefined, 9095],
      [3200, 3100],
    ]);
  });

  it('joins networks and dependencies in short and long form', () => {
    expect(store.networks).toEqual({ front: [], back: ['logs'] });
    expect(store.dependsOn.map((each) => [each.service, each.required])).toEqual([
      ['minio', true],
      ['other', false],
    ]);
    expect(store.replicas).toBe(2);
    expect(store.memoryLimitBytes).toBe(512 * 1024 ** 2);
  });

  it('keeps for each element the place in the file that it came from', () => {
    expect(place(store)).toBe('more/over.yml:2:3');
    expect(place({ at: store.imageAt ?? store.at })).toBe('more/over.yml:3:12');
    expect(place(store.environment.A)).toBe('base.yml:7:23');
    expect(place(store.environment.C)).toBe('more/over.yml:5:27');
    expect(place(store.environment.FROM_A)).toBe('a.env:1:1');
    expect(place(store.environment.SHARED)).toBe('more/b.env:1:1');
    expect(store.mounts.slice(0, 3).map(place)).toEqual(['more/over.yml:11:9', 'base.yml:11:9', 'more/over.yml:14:9']);
    expect(place(store.dependsOn[0])).toBe('base.yml:17:18');
    expect(place(project.volumes.data)).toBe('base.yml:33:12');
  });

  it('puts the override file over the main one without being asked', () => {
    const over = readFixture('override-file');
    expect(over.files).toEqual(['compose.yaml', 'compose.override.yml']);
    expect(words(serviceOf(over, 'store').command)).toHaveLength(2);
    expect(variables(serviceOf(over, 'store'))).toEqual({ A: 'base', B: 'over', C: 'new' });
    expect(serviceOf(over, 'extra').image).toBe('busybox');
  });

  it('merges the documents of one file like files', () => {
    const { services } = readFixture('multi-document');
    expect(services.map((service) => [service.name, words(service.command)])).toEqual([
      ['a', ['two']],
      ['b', undefined],
    ]);
  });
});

describe('!reset and !override', () => {
  it('take out what the files before said', () => {
    const project = readFixture('reset-override');
    expect(project.services.map((service) => service.name)).toEqual(['app']);
    const app = serviceOf(project, 'app');
    expect(app.ports.map((port) => port.published)).toEqual([8443]);
    expect(variables(app)).toEqual({ KEEP: '1', ADD: '3' });
    expect([app.mounts, app.command, app.restart]).toEqual([[], undefined, 'no']);
    expect(app.healthcheck).toMatchObject({ test: ['CMD', 'false'], intervalMs: 30_000 });
  });

  it('work on an extended service too', () => {
    const child = serviceOf(readFixture('extends-override'), 'child');
    expect(child.ports.map((port) => port.published)).toEqual([81]);
    expect(variables(child)).toEqual({ B: '2' });
    expect(child.command).toBeUndefined();
  });
});
