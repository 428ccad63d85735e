import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MachineError } from '../../drivers/types.ts';

const beatMs = 1_000;
/** A lock whose owner has not touched it for so long belongs to a process that is no more. */
export const staleMs = 15_000;

export interface LockOptions {
  readonly progress: (message: string) => void;
  readonly signal?: AbortSignal;
  /** How often to look again, ms. */
  readonly pollMs?: number;
  readonly staleMs?: number;
}

/**
 * Holds a lock file while a job runs. A second one waits and says for whom. The owner touches the file every second,
 * so that the lock of a killed process is taken over: process ids would not do, since they differ between namespaces.
 * @throws MachineError where waiting is interrupted or the file cannot be written.
 */
export async function withLock<T>(file: string, options: LockOptions, job: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  await acquire(file, token, options);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, beatMs);
  try {
    return await job();
  } finally {
    clearInterval(beat);
    if ((await contentOf(file)).startsWith(token)) await rm(file, { force: true });
  }
}

async function acquire(file: string, token: string, options: LockOptions): Promise<void> {
  const start = Date.now();
  let saidAt = 0;
  await mkdir(dirname(file), { recursive: true });
  for (;;) {
    if (options.signal?.aborted) {
      throw new MachineError(`Waiting for ${file} was interrupted.`, { remedy: 'Run the command again.' });
    }
    try {
      await writeFile(file, `${token} pid ${process.pid}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        throw new MachineError(`The lock ${file} cannot be written: ${String(error)}.`, {
          remedy: 'Make the directory writable, or name another one in TELLTALE_ENGINE_CACHE.',
          cause: error,
        });
      }
    }
    if (await takeAwayStale(file, options.staleMs ?? staleMs)) continue;
    if (Date.now() - saidAt > 4_000) {
      const holder = /pid \d+/.exec(await contentOf(file))?.[0] ?? 'another process';
      options.progress(`waiting for another Telltale (${holder}), ${Math.round((Date.now() - start) / 1000)} s`);
      saidAt = Date.now();
    }
    await wait(options.pollMs ?? 500, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(
      () => undefined,
    );
  }
}

/** Moves a stale lock away. Two who see it at once cannot both succeed, nor remove the lock of one that was faster. */
async function takeAwayStale(file: string, olderThanMs: number): Promise<boolean> {
  const seen = await contentOf(file);
  const age = await stat(file).then(
    (status) => Date.now() - status.mtimeMs,
    () => undefined,
  );
  if (age === undefined) return true;
  if (age < olderThanMs) return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return true;
  }
  if ((await contentOf(aside)) !== seen) {
    await rename(aside, file).catch(() => undefined);
    return false;
  }
  await rm(aside, { force: true });
  return true;
}

async function contentOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
