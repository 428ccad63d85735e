import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadCatalog } from '../catalog.ts';
import type { CatalogEntry } from '../types.ts';
import { checksumOf, fromRelease } from './release.ts';
import { run } from './run.ts';

let root: string;
let server: Server;
let base: string;
const served = new Map<string, Buffer | string>();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'telltale-release-'));
  await mkdir(join(root, 'out'));
  await mkdir(join(root, 'work'));
  server = createServer((request, response) => {
    const body = served.get(request.url ?? '');
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  served.clear();
  await new Promise((resolve) => server.close(resolve));
  await rm(root, { recursive: true, force: true });
});

function entryFor(archive: string, member: string): CatalogEntry {
  const entry = loadCatalog().entry('prometheus');
  const release = { url: `${base}/${archive}`, checksums: `${base}/sums`, member };
  return { ...entry, source: { ...entry.source, release } };
}

async function offer(name: string, command: string, args: readonly string[]): Promise<void> {
  const made = await run(command, args, { cwd: join(root, 'work') });
  expect(made.code, made.output).toBe(0);
  const archive = await readFile(join(root, 'work', name));
  served.set(`/${name}`, archive);
  served.set('/sums', `${createHash('sha256').update(archive).digest('hex')}  ${name}\n`);
  await rm(join(root, 'work'), { recursive: true });
  await mkdir(join(root, 'work'));
}

async function binaries(directory: string): Promise<void> {
  await mkdir(join(root, 'work', directory), { recursive: true });
  for (const name of ['prometheus', 'promtool']) {
    await writeFile(join(root, 'work', directory, name), `#!/bin/sh\necho ${name}, version 3.16.0\n`);
    await chmod(join(root, 'work', directory, name), 0o755);
  }
}

const take = (entry: CatalogEntry) =>
  fromRelease(
    entry,
    { major: 3, minor: 16, patch: 0 },
    { out: join(root, 'out'), work: join(root, 'work') },
    { progress: () => undefined },
  );

describe('fromRelease', () => {
  it('takes the binary and its companions out of a tar', async () => {
    await binaries('p-3.16.0');
    await offer('p.tar.gz', 'tar', ['-czf', 'p.tar.gz', 'p-3.16.0']);
    const result = await take(entryFor('p.tar.gz', 'p-{version}/prometheus'));
    expect(result).toEqual({ ok: true, names: ['prometheus', 'promtool'] });
    expect((await run(join(root, 'out', 'promtool'), [])).stdout).toBe('promtool, version 3.16.0\n');
  });

  it('does not use an archive whose checksum differs', async () => {
    await binaries('p-3.16.0');
    await offer('p.tar.gz', 'tar', ['-czf', 'p.tar.gz', 'p-3.16.0']);
    served.set('/sums', `${'0'.repeat(64)}  p.tar.gz\n`);
    const result = await take(entryFor('p.tar.gz', 'p-{version}/prometheus'));
    expect(result).toMatchObject({ ok: false, why: expect.stringContaining(`but the release says ${'0'.repeat(64)}`) });
    expect(await readdir(join(root, 'out'))).toEqual([]);
  });

  it('says that there is no such release', async () => {
    const result = await take(entryFor('p.tar.gz', 'prometheus'));
    expect(result).toEqual({
      ok: false,
      why: `The release archive ${base}/p.tar.gz cannot be had: status 404.`,
    });
  });

  it('asks nothing when offline', async () => {
    vi.stubEnv('TELLTALE_OFFLINE', '1');
    const result = await take(entryFor('p.tar.gz', 'prometheus'));
    expect(result).toEqual({ ok: false, why: 'The release archive was not tried: TELLTALE_OFFLINE is set.' });
  });
});

describe('checksumOf', () => {
  const sum = 'a'.repeat(64);
  it.each([
    ['two spaces', `${sum}  x.zip`],
    ['binary mode', `${sum} *x.zip`],
    ['a path', `${sum}  ./x.zip`],
  ])('reads %s', (_, line) => {
    expect(checksumOf(`${'b'.repeat(64)}  y.zip\n${line}\n`, 'x.zip')).toBe(sum);
  });

  it('finds nothing for another file', () => {
    expect(checksumOf(`${sum}  x.zip.sig\n`, 'x.zip')).toBeUndefined();
  });
});
