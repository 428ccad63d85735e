import type { LogLine } from '../types.ts';

/** Enough for the evidence around any moment of a run; an engine at debug level must not fill the memory. */
const KEPT_LINES = 20_000;
const HEADER_BYTES = 8;

/** The lines of one service over all its containers and their restarts, as the container engine hands them out. */
export class LogStore {
  readonly #lines: LogLine[] = [];
  /** Time of the newest line, as the engine writes it: nanoseconds, of fixed width, so that texts compare. */
  #newest = '';

  /** Where the next following has to begin, in seconds. */
  get since(): number {
    return this.#newest === '' ? 0 : Math.floor(Date.parse(this.#newest) / 1000);
  }

  /** Takes a stream with time stamps to its end; lines that were read before are passed over. */
  follow(stream: NodeJS.ReadableStream, tty: boolean): Promise<void> {
    const seen = this.#newest;
    const take = (kind: 'stdout' | 'stderr') => {
      let rest = '';
      return (text: string): void => {
        const pieces = (rest + text).split('\n');
        rest = pieces.pop() ?? '';
        for (const piece of pieces) this.#line(kind, piece, seen);
      };
    };
    const sinks = { stdout: take('stdout'), stderr: take('stderr') };
    let pending = Buffer.alloc(0);
    stream.on('data', (chunk: Buffer) => {
      if (tty) return sinks.stdout(chunk.toString('utf8').replaceAll('\r\n', '\n'));
      // Frames of eight bytes of header, the first the stream and the last four the size, and then the text.
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= HEADER_BYTES) {
        const end = HEADER_BYTES + pending.readUInt32BE(4);
        if (pending.length < end) break;
        sinks[pending[0] === 2 ? 'stderr' : 'stdout'](pending.toString('utf8', HEADER_BYTES, end));
        pending = pending.subarray(end);
      }
    });
    return new Promise((resolve) => {
      stream.on('end', resolve).on('close', resolve);
      stream.on('error', () => resolve()); // The container or the engine went away; what was read stays.
    });
  }

  #line(stream: 'stdout' | 'stderr', written: string, seen: string): void {
    const space = written.indexOf(' ');
    const time = space < 0 ? written : written.slice(0, space);
    if (time <= seen) return;
    if (time > this.#newest) this.#newest = time;
    this.#lines.push({ at: Date.parse(time), stream, text: space < 0 ? '' : written.slice(space + 1) });
    if (this.#lines.length > KEPT_LINES) this.#lines.splice(0, this.#lines.length - KEPT_LINES);
  }

  lines({ sinceMs, tail }: { readonly sinceMs?: number; readonly tail?: number } = {}): readonly LogLine[] {
    const lines = sinceMs === undefined ? [...this.#lines] : this.#lines.filter((line) => line.at >= sinceMs);
    return tail === undefined ? lines : lines.slice(-tail);
  }
}
