import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import axios from 'axios';

/** Nothing outside may be asked: `TELLTALE_OFFLINE=1`. */
export function isOffline(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.TELLTALE_OFFLINE !== undefined && env.TELLTALE_OFFLINE !== '' && env.TELLTALE_OFFLINE !== '0';
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Until the answer's first byte, ms. */
  readonly connectTimeoutMs?: number;
  /** Longest pause within the body, ms. */
  readonly idleTimeoutMs?: number;
  /** Bytes so far, and in all where the server says. */
  readonly onBytes?: (received: number, total: number | undefined) => void;
}

/**
 * Downloads to a file. Gives up fast where nothing answers (5 s), and after 30 s of silence within the body.
 * @throws Error saying what happened, without a stack of the transport's.
 */
export async function download(url: string, file: string, options: DownloadOptions = {}): Promise<void> {
  const giveUp = new AbortController();
  const { connectTimeoutMs = 5_000, idleTimeoutMs = 30_000 } = options;
  let reason = `nothing answered within ${connectTimeoutMs / 1000} s`;
  let timer = setTimeout(() => giveUp.abort(), connectTimeoutMs);
  const signal = options.signal === undefined ? giveUp.signal : AbortSignal.any([giveUp.signal, options.signal]);
  try {
    const answer = await axios.get<Readable>(url, { responseType: 'stream', signal, maxRedirects: 5 });
    const total = Number(answer.headers['content-length']) || undefined;
    reason = `the transfer stood still for ${idleTimeoutMs / 1000} s`;
    let received = 0;
    answer.data.on('data', (chunk: Buffer) => {
      received += chunk.length;
      clearTimeout(timer);
      timer = setTimeout(() => giveUp.abort(), idleTimeoutMs);
      options.onBytes?.(received, total);
    });
    await pipeline(answer.data, createWriteStream(file), { signal });
  } catch (error) {
    if (options.signal?.aborted) throw new Error('it was interrupted');
    if (giveUp.signal.aborted) throw new Error(reason);
    if (axios.isAxiosError(error)) {
      throw new Error(
        error.response === undefined ? error.message || String(error.code) : `status ${error.response.status}`,
      );
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
