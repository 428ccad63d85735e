import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LogStore } from './log-store.ts';

const T1 = '2026-01-01T00:00:01.000000001Z';
const T2 = '2026-01-01T00:00:02.000000002Z';
const T3 = '2026-01-01T00:00:03.000000003Z';

/** One entry as the container engine frames it. */
function frame(stream: 1 | 2, text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

async function read(store: LogStore, chunks: readonly Buffer[], tty = false): Promise<void> {
  const stream = new PassThrough();
  const done = store.follow(stream, tty);
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await done;
}

const texts = (store: LogStore): string[] => store.lines().map(({ stream, text }) => `${stream} ${text}`);

describe('the log of a service', () => {
  it('takes frames apart wherever the chunks are cut', async () => {
    const bytes = Buffer.concat([frame(1, `${T1} außen\n`), frame(2, `${T2} innen\n`)]);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const store = new LogStore();
      await read(store, [bytes.subarray(0, cut), bytes.subarray(cut)]);
      expect(texts(store)).toEqual(['stdout außen', 'stderr innen']);
    }
  });

  it('joins a line that the engine hands out in parts', async () => {
    const store = new LogStore();
    await read(store, [frame(1, `${T1} begin`), frame(2, `${T2} between\n`), frame(1, `${T3} end\n`)]);
    expect(texts(store)).toEqual(['stdout beginend', 'stderr between']);
  });

  it('keeps a last line without its end', async () => {
    const store = new LogStore();
    await read(store, [frame(1, `${T1} unfinished`)]);
    expect(texts(store)).toEqual(['stdout unfinished']);
  });

  it('passes over what it has read before', async () => {
    const store = new LogStore();
    await read(store, [frame(1, `${T1} one\n`), frame(1, `${T2} two\n`)]);
    expect(store.since).toBe(Date.parse('2026-01-01T00:00:02Z') / 1000);
    await read(store, [frame(1, `${T2} two\n`), frame(1, `${T3} three\n`)]);
    expect(texts(store)).toEqual(['stdout one', 'stdout two', 'stdout three']);
  });

  it('reads a terminal’s log, which has no frames', async () => {
    const store = new LogStore();
    await read(store, [Buffer.from(`${T1} a\r\n${T2} `), Buffer.from('b\r\n')], true);
    expect(texts(store)).toEqual(['stdout a', 'stdout b']);
  });

  it('gives the end, or what came since', async () => {
    const store = new LogStore();
    await read(store, [frame(1, `${T1} one\n`), frame(1, `${T2} two\n`), frame(1, `${T3} three\n`)]);
    expect(store.lines({ tail: 1 }).map(({ text }) => text)).toEqual(['three']);
    expect(store.lines({ sinceMs: Date.parse(T2) }).map(({ text }) => text)).toEqual(['two', 'three']);
  });
});
