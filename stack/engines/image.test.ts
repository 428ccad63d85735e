import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineName } from '../definition/types.ts';
import { imageDefaults, loadCatalog } from './catalog.ts';
import { type ImageContext, imageContext, librariesOf, numericUser } from './image.ts';
import { rootfsTar } from './image-tar.ts';
import type { EngineBinary } from './types.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'telltale-image-test-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function contextOf(engine: EngineName, tag: string): Promise<ImageContext> {
  const path = join(root, engine);
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, 0o755);
  const entry = loadCatalog().entry(engine);
  const binary: EngineBinary = { engine, version: '1.0.0', path, companions: {}, source: 'cache' };
  return imageContext(entry, binary, imageDefaults(entry, tag), tag);
}

interface Member {
  readonly owner: string;
  readonly mode: string;
  readonly type: string;
  readonly content: string;
}

async function membersOf(context: ImageContext): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  const reader = extract();
  rootfsTar(context.files).pipe(reader);
  for await (const entry of reader) {
    const { name, uid, gid, mode, type, linkname } = entry.header;
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const content = linkname ?? Buffer.concat(chunks).toString();
    members.set(`/${name.replace(/\/$/, '')}`, {
      owner: `${uid}:${gid}`,
      mode: (mode ?? 0).toString(8),
      type: type ?? '',
      content,
    });
  }
  return members;
}

describe('imageContext', () => {
  it('says what the official image says', async () => {
    const context = await contextOf('loki', 'grafana/loki:3.7.8');
    expect(context.dockerfile).toBe(`FROM scratch
ADD rootfs.tar /
ENV PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
EXPOSE 3100
WORKDIR /
USER 10001
ENTRYPOINT ["/usr/bin/loki"]
CMD ["-config.file=/etc/loki/local-config.yaml"]
`);
  });

  it('has the directories with their owners, which new volumes take over', async () => {
    const members = await membersOf(await contextOf('prometheus', 'prom/prometheus:v3.16.0'));
    expect(members.get('/prometheus')).toMatchObject({ owner: '65534:65534', type: 'directory' });
    expect(members.get('/etc')).toMatchObject({ owner: '0:0' });
    expect(members.get('/tmp')).toMatchObject({ mode: '1777' });
    expect(members.get('/bin/prometheus')).toMatchObject({ mode: '755', content: '#!/bin/sh\n' });
    expect(members.get('/etc/prometheus/prometheus.yml')?.content).toContain('localhost:9090');
  });

  it('has parents before children', async () => {
    const { files } = await contextOf('loki', 'grafana/loki:3.7.8');
    const seen = new Set(['/']);
    for (const { path } of files) {
      expect(seen).toContain(path.replace(/\/[^/]+$/, '') || '/');
      seen.add(path);
    }
  });

  it('knows the user of the image by number and name', async () => {
    const members = await membersOf(await contextOf('pyroscope', 'grafana/pyroscope:2.2.1'));
    expect(members.get('/etc/passwd')?.content).toContain('pyroscope:x:10001:10001:');
    expect(members.get('/etc/group')?.content).toContain('pyroscope:x:10001:');
  });

  it('has no shell where the official image has none', async () => {
    const paths = (await contextOf('loki', 'grafana/loki:3.7.8')).files.map(({ path }) => path);
    expect(paths).not.toContain('/bin/sh');
  });

  it('either has what health checks use, or says that it has not', async () => {
    const context = await contextOf('prometheus', 'prom/prometheus:v3.16.0');
    const paths = new Set(context.files.map(({ path }) => path));
    for (const program of ['sh', 'wget', 'nc']) {
      const said = context.limitations.some((sentence) => sentence.includes(`has ${program},`));
      expect(paths.has(`/bin/${program}`) !== said, program).toBe(true);
    }
  });

  it('brings the libraries of a dynamic program', async () => {
    const libraries = await librariesOf(process.execPath);
    expect(libraries.some((path) => path.includes('libc.'))).toBe(true);
    expect(await librariesOf(join(root, 'nothing'))).toEqual([]);
  });
});

describe('numericUser', () => {
  const directories = [{ path: '/data', owner: '10001:10001' }];
  it.each([
    ['nobody', { name: 'nobody', uid: '65534', gid: '65534' }],
    ['', { name: 'root', uid: '0', gid: '0' }],
    ['10001:10001', { name: 'engine', uid: '10001', gid: '10001' }],
    ['472', { name: 'engine', uid: '472', gid: '0' }],
    ['pyroscope', { name: 'pyroscope', uid: '10001', gid: '10001' }],
  ])('of %j', (user, expected) => {
    expect(numericUser({ user, directories })).toEqual(expected);
  });
});
