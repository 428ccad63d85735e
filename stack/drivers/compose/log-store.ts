import type { LogLine } from '../types.ts';

/** Enough for the evidence around any moment of a run; an engine at debug level must not fill the memory. */
const KEPT_LINES = 20_000;
const HEADER_BYTES = 8;

type Stream = 'stdout' | 'stderr';

/**
 * The lines of one service over all its containers and their restarts, as the container engine hands them out.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach
 */
export class LogStore {
  #lines: LogLine[] = [];
  /** Time of the newest line, as the engine writes it: nanoseconds, of fixed width, so that texts compare. */
  #newest = '';
  /** Lines of which the engine has handed out a part only: it cuts at 16 KiB. */
  readonly #open: Record<Stream, boolean> = { stdout: false, stderr: false };

  /** Where the next following has to begin, in seconds. */
  get since(): number {
    return this.#newest === '' ? 0 : Math.floor(Date.parse(this.#newest) / 1000);
  }

  /** Takes a stream with time stamps to its end; lines that were read before are passed over. */
  follow(stream: NodeJS.ReadableStream, tty: boolean): Promise<void> {
    const seen = this.#newest;
    this.#open.stdout = false;
    this.#open.stderr = false;
    let pending = Buffer.alloc(0);
    stream.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      pending = tty ? this.#takeLines(pending, seen) : this.#takeFrames(pending, seen);
    });
    return new Promise((resolve) => {
      stream.on('end', resolve).on('close', resolve);
      stream.on('error', () => resolve()); // The container or the engine went away; what was read stays.
    });
  }

  /** Eight bytes of header, the first the stream and the last four the size, and then one entry. */
  #takeFrames(bytes: Buffer<ArrayBuffer>, seen: string): Buffer<ArrayBuffer> {
    let rest = bytes;
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE(4);
      if (rest.length < end) break;
      this.#entry(rest[0] === 2 ? 'stderr' : 'stdout', rest.toString('utf8', HEADER_BYTES, end), seen);
      rest = rest.subarray(end);
    }
    return rest;
  }

  /** With a terminal there are no frames, and one stream. */
  #takeLines(bytes: Buffer<ArrayBuffer>, seen: string): Buffer<ArrayBuffer> {
    let rest = bytes;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      this.#entry('stdout', rest.toString('utf8', 0, end + 1).replace(/\r\n$/, '\n'), seen);
      rest = rest.subarray(end + 1);
    }
    return rest;
  }

  #entry(stream: Stream, written: string, seen: string): void {
    const [, time = '', text = ''] = /^(\S+) ?([\s\S]*)$/.exec(written) ?? [];
    if (time <= seen) return;
    if (time > this.#newest) this.#newest = time;
    const isWhole = text.endsWith('\n');
    const continued = this.#open[stream] ? this.#lines.findLast((line) => line.stream === stream) : undefined;
    this.#open[stream] = !isWhole;
    const own = isWhole ? text.slice(0, -1) : text;
    if (continued !== undefined) {
      this.#lines[this.#lines.lastIndexOf(continued)] = { ...continued, text: continued.text + own };
      return;
    }
    this.#lines.push({ at: Date.parse(time), stream, text: own });
    if (this.#lines.length > KEPT_LINES * 1.1) this.#lines = this.#lines.slice(-KEPT_LINES);
  }

  lines({ sinceMs, tail }: { readonly sinceMs?: number; readonly tail?: number } = {}): readonly LogLine[] {
    const lines = sinceMs === undefined ? [...this.#lines] : this.#lines.filter((line) => line.at >= sinceMs);
    return tail === undefined ? lines : lines.slice(-tail);
  }
}
