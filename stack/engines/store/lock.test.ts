import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';
import { staged } from './staging.ts';
import { sweepStore } from './sweep.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'telltale-lock-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const quiet = { progress: () => undefined, pollMs: 5 };

describe('withLock', () => {
  it('lets one job after the other in, and leaves nothing', async () => {
    const file = join(root, '.lock');
    let inside = 0;
    let most = 0;
    const job = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await readdir(root);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock(file, quiet, job)));
    expect(most).toBe(1);
    expect(await readdir(root)).toEqual([]);
  });

  it('is given back when the job fails', async () => {
    const file = join(root, '.lock');
    await expect(withLock(file, quiet, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(file, quiet, () => Promise.resolve('in'))).toBe('in');
  });

  it('takes over the lock of a process that is no more', async () => {
    const file = join(root, '.lock');
    await writeFile(file, 'someone pid 1\n');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(file, longAgo, longAgo);
    const all = Array.from({ length: 4 }, (_, n) => withLock(file, quiet, () => Promise.resolve(n)));
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
    expect(await readdir(root)).toEqual([]);
  });

  it('says for whom it waits, and stops waiting when interrupted', async () => {
    const file = join(root, '.lock');
    await writeFile(file, 'someone pid 4711\n');
    const said: string[] = [];
    const interrupt = new AbortController();
    const progress = (message: string): void => {
      said.push(message);
      interrupt.abort();
    };
    const waiting = withLock(file, { progress, pollMs: 5, signal: interrupt.signal }, () => Promise.resolve());
    await expect(waiting).rejects.toThrow('was interrupted');
    expect(said).toEqual(['waiting for another Telltale (pid 4711), 0 s']);
  });
});

describe('staged', () => {
  it('moves what is complete into place and removes what a killed run left', async () => {
    const target = join(root, 'loki', '3.7.8');
    await mkdir(join(root, 'loki', '.building-3.7.8-old', 'work', 'deep'), { recursive: true });
    await staged(target, async ({ out }) => {
      await writeFile(join(out, 'loki'), 'binary');
      return ['loki'];
    });
    expect(await readdir(join(root, 'loki'))).toEqual(['3.7.8']);
    expect(await readdir(target)).toEqual(['loki']);
  });

  it('leaves nothing of a job that fails', async () => {
    const target = join(root, 'loki', '3.7.8');
    const failing = staged(target, async ({ out }) => {
      await writeFile(join(out, 'loki'), 'half');
      throw new Error('disk full');
    });
    await expect(failing).rejects.toThrow('disk full');
    expect(await readdir(join(root, 'loki'))).toEqual([]);
  });
});

describe('sweepStore', () => {
  it('removes what killed installs left, and nothing that is under way', async () => {
    const longAgo = new Date(Date.now() - 60_000);
    for (const version of ['3.7.7', '3.7.8']) {
      await mkdir(join(root, 'loki', `.building-${version}-abc123`, 'work'), { recursive: true });
      await writeFile(join(root, 'loki', `.lock-${version}`), 'someone pid 1\n');
    }
    await mkdir(join(root, 'loki', '3.6.0'));
    await utimes(join(root, 'loki', '.lock-3.7.7'), longAgo, longAgo);
    const removed = await sweepStore({ TELLTALE_ENGINE_CACHE: root });
    expect(removed).toEqual([join(root, 'loki', '.lock-3.7.7'), join(root, 'loki', '.building-3.7.7-abc123')]);
    expect((await readdir(join(root, 'loki'))).sort()).toEqual(['.building-3.7.8-abc123', '.lock-3.7.8', '3.6.0']);
  });

  it('has nothing to do where there is no cache', async () => {
    expect(await sweepStore({ TELLTALE_ENGINE_CACHE: join(root, 'none') })).toEqual([]);
  });
});
