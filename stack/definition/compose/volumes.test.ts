import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCompose } from './read-compose.ts';
import { withFiles } from './testing/fixtures.ts';
import { place, readFixture, serviceOf } from './testing/read.ts';

describe('volumes of a service', () => {
  const project = readFixture('volumes');
  const { directory } = project;
  const bind = { readOnly: false, createHostPath: true };

  it('in short form: anonymous, named, and paths of the host', () => {
    expect(serviceOf(project, 'short').mounts.map(({ at: _, ...mount }) => mount)).toEqual([
      { kind: 'volume', target: '/anonymous', readOnly: false },
      { kind: 'volume', volume: 'named', target: '/named', readOnly: false },
      { kind: 'volume', volume: 'named', target: '/named-ro', readOnly: true },
      { kind: 'bind', source: `${directory}/relative`, target: '/relative', ...bind },
      {
        kind: 'bind',
        source: `${path.dirname(directory)}/up/file.yml`,
        target: '/etc/file.yml',
        ...bind,
        readOnly: true,
      },
      { kind: 'bind', source: directory, target: '/here', ...bind },
      { kind: 'bind', source: `${homedir()}/home`, target: '/home-dir', ...bind },
      { kind: 'bind', source: '/abs/path/', target: '/abs/path', ...bind },
      { kind: 'bind', source: `${directory}/z`, target: '/z', ...bind },
      { kind: 'bind', source: `${directory}/prop`, target: '/prop', ...bind },
      { kind: 'volume', volume: 'other', target: '/nocopy', readOnly: false },
      { kind: 'bind', source: '/var/run/docker.sock', target: '/var/run/docker.sock', ...bind, readOnly: true },
      { kind: 'tmpfs', target: '/tmp' },
    ]);
  });

  it('in long form, with tmpfs', () => {
    const mounts = serviceOf(project, 'long').mounts.map(({ at: _, ...mount }) => mount);
    expect(mounts.slice(0, 2)).toEqual([
      { kind: 'bind', source: `${directory}/conf`, target: '/conf', readOnly: true, createHostPath: false },
      { kind: 'bind', source: `${directory}/conf2`, target: '/conf2', ...bind },
    ]);
    expect(mounts.slice(3, 7)).toEqual([
      { kind: 'volume', volume: 'named', target: '/v', readOnly: false, subpath: 'inner/dir' },
      { kind: 'volume', target: '/anon', readOnly: false },
      { kind: 'tmpfs', target: '/t', sizeBytes: 64 * 1024 ** 2 },
      { kind: 'tmpfs', target: '/t2', sizeBytes: 1024 ** 2 },
    ]);
    expect(mounts.slice(-2)).toEqual([
      { kind: 'tmpfs', target: '/run' },
      { kind: 'tmpfs', target: '/scratch', sizeBytes: 16 * 1024 ** 2 },
    ]);
  });

  it('keep their places', () => {
    expect(place(serviceOf(project, 'short').mounts[3])).toBe('compose.yaml:8:9');
    expect(place(serviceOf(project, 'long').mounts[0])).toBe('compose.yaml:21:9');
  });

  it('come from another service with volumes_from, and by its links under another name', () => {
    const text = `
services:
  a: { image: a, volumes: ["data:/d", "./c:/c"], networks: { n: { aliases: [one] } } }
  b: { image: b, volumes: ["./own:/c"], volumes_from: ["a:ro"], links: ["a:other"], networks: [n] }
volumes: { data: }
networks: { n: }
`;
    const read = withFiles({ 'compose.yaml': text }, (dir) => readCompose(dir, { environment: {} }));
    expect(serviceOf(read, 'b').mounts.map((mount) => [mount.target, 'readOnly' in mount && mount.readOnly])).toEqual([
      ['/c', false],
      ['/d', true],
    ]);
    expect(serviceOf(read, 'b').dependsOn.map((each) => each.service)).toEqual(['a']);
    expect(serviceOf(read, 'a').networks).toEqual({ n: ['one', 'other'] });
  });
});

describe('top-level volumes', () => {
  const { volumes, directory } = readFixture('volumes');

  it('know the name that the container engine uses, and what is external', () => {
    expect(Object.values(volumes).map((volume) => [volume.key, volume.name, volume.external])).toEqual([
      ['named', 'volumes_named', false],
      ['other', 'explicit-name', false],
      ['external-one', 'external-one', true],
      ['external-two', 'prod-data', true],
      ['external-old', 'old-style', true],
      ['bound', 'volumes_bound', false],
      ['nfs', 'volumes_nfs', false],
    ]);
  });

  it('name the directory of the host that the local driver binds', () => {
    expect(volumes.bound?.device).toBe(`${directory}/srv/data`);
    expect(volumes.nfs?.device).toBeUndefined();
    expect(place(volumes.bound)).toBe('compose.yaml:44:3');
  });
});
