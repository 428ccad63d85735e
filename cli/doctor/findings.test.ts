import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineFindings } from './engines.ts';
import { findingLines, missing, ok } from './finding.ts';
import { machineFindings, memoryFinding, spaceFinding } from './machine.ts';

const GIB = 1024 ** 3;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'telltale-doctor-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('findingLines', () => {
  it('has a line for each, in columns, with the remedy below', () => {
    expect(findingLines([ok('node', '24.1.0'), missing('engine loki', 'not here', 'install it')])).toBe(
      'ok       node         24.1.0\nmissing  engine loki  not here\n                      remedy: install it\n',
    );
    expect(findingLines([])).toBe('');
  });
});

describe('what a machine lacks', () => {
  it('is memory, by what its control group leaves it', () => {
    expect(memoryFinding(16 * GIB, 0, 2)).toEqual(ok('machine', '16.0 GiB of memory, 2 cores'));
    expect(memoryFinding(16 * GIB, 2 ** 63, 1).says).toBe('16.0 GiB of memory, 1 core');
    expect(memoryFinding(16 * GIB, GIB, 2)).toMatchObject({ state: 'missing', says: '1.0 GiB of memory, 2 cores' });
  });

  it('is space for building engines', () => {
    expect(spaceFinding('/c', 20 * GIB, GIB)).toEqual(ok('engine cache', '/c: 1.0 GiB of engines, 20.0 GiB free'));
    const full = spaceFinding('/c', GIB, 0);
    expect(full.state).toBe('missing');
    expect(full.remedy).toContain('TELLTALE_ENGINE_CACHE');
  });

  it('is told for a cache that is not there yet, and counts what lies in one', async () => {
    const cache = join(root, 'not', 'yet');
    const spaceOf = async () =>
      (await machineFindings({ TELLTALE_ENGINE_CACHE: cache })).find(({ subject }) => subject === 'engine cache');
    expect((await spaceOf())?.says).toMatch(`${cache}: 0.0 GiB of engines, `);
    await mkdir(join(cache, 'loki', '3.7.8'), { recursive: true });
    await writeFile(join(cache, 'loki', '3.7.8', 'loki'), Buffer.alloc(60 * 1024 * 1024));
    expect((await spaceOf())?.says).toMatch(`${cache}: 0.1 GiB of engines, `);
  });

  it('is not looked for in the network', async () => {
    const says = async (env: NodeJS.ProcessEnv) =>
      (await machineFindings({ TELLTALE_ENGINE_CACHE: root, ...env })).find(({ subject }) => subject === 'network')
        ?.says;
    expect(await says({})).toContain('nothing was asked of any registry');
    expect(await says({ TELLTALE_OFFLINE: '1' })).toBe(
      'TELLTALE_OFFLINE is set: engines are only taken from this machine',
    );
  });
});

describe('engineFindings', () => {
  it('says for every engine where its binary is, or what brings it', async () => {
    for (const version of ['3.7.8', '3.6.0']) {
      const path = join(root, 'loki', version, 'loki');
      await mkdir(join(root, 'loki', version), { recursive: true });
      await writeFile(path, `#!/bin/sh\necho 'loki, version ${version}'\n`);
      await chmod(path, 0o755);
    }
    const findings = await engineFindings({ PATH: '', TELLTALE_ENGINE_CACHE: root });
    const by = (subject: string) => findings.find((finding) => finding.subject === subject);
    expect(by('engine loki')).toEqual(
      ok('engine loki', `3.7.8, cache: ${join(root, 'loki', '3.7.8', 'loki')} (for stacks that name it: 3.6.0)`),
    );
    expect(by('engine prometheus')).toMatchObject({
      state: 'missing',
      remedy: expect.stringContaining('telltale engines install prometheus'),
    });
  });
});
