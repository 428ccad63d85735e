import { type Agent, type IncomingMessage, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { AnswerTooLarge, DeadlinePassed, EVERY_REQUEST, flatHeaders, type RawAnswer, type Send } from './http-send.ts';
import type { Headers, SentRequest } from './http-types.ts';

/** Where plain requests go: the parts of an `http:` base URL. */
interface Target {
  readonly host: string;
  readonly port: string;
  readonly hostHeader: string;
  readonly origin: string;
}

/**
 * GET without a body and without TLS, by Node's own HTTP: what nearly every query is. axios' adapter takes twice the
 * time of the bare exchange for it, see `npm run bench`. Undefined where the base URL is of another kind.
 */
export function plainSend(baseUrl: string, agent: Agent): Send | undefined {
  const url = new URL(baseUrl);
  if (url.protocol !== 'http:') return undefined;
  const target: Target = {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? '80' : url.port,
    hostHeader: url.host,
    origin: url.origin,
  };
  return (sent, { timeoutMs, maxResponseBytes, signal }) =>
    new Promise((resolve, reject) => {
      const asked = request({
        agent,
        host: target.host,
        port: target.port,
        path: sent.url.slice(target.origin.length),
        headers: wireHeaders(target, sent.headers),
      });
      const fail = (error: unknown): void => {
        settled();
        reject(error);
        asked.destroy();
      };
      const timer = setTimeout(() => fail(new DeadlinePassed()), timeoutMs);
      const interrupted = (): void => fail(signal?.reason);
      const settled = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', interrupted);
      };
      signal?.addEventListener('abort', interrupted);
      asked.on('error', (error) => fail(Object.assign(error, { reusedSocket: asked.reusedSocket })));
      asked.on('response', (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > maxResponseBytes) fail(new AnswerTooLarge(`it is larger than ${maxResponseBytes} bytes`));
        });
        answer.on('error', fail);
        answer.on('end', () => {
          settled();
          try {
            resolve(rawAnswer(answer, chunks, maxResponseBytes));
          } catch (error) {
            reject(error);
          }
        });
      });
      asked.end();
      if (signal?.aborted) interrupted();
    });
}

/** Whether a request is one for {@link plainSend}; a path that a URL parser would write anew is not. */
export function isPlain(sent: SentRequest, path: string): boolean {
  return sent.method === 'GET' && sent.body === undefined && PLAIN_PATH.test(path);
}

const PLAIN_PATH = /^(?!.*\/\.)\/[\w\-.~%/:@!$&'()*+,;=?]*$/;

/** Names and values in turn: the form that Node writes without looking at each name again. */
function wireHeaders(target: Target, own: Headers): readonly string[] {
  const wire = ['Host', target.hostHeader];
  for (const name in EVERY_REQUEST) {
    if (!has(own, name)) wire.push(name, EVERY_REQUEST[name] ?? '');
  }
  for (const name in own) wire.push(name, own[name] ?? '');
  return wire;
}

function has(headers: Headers, name: string): boolean {
  for (const key in headers) if (key === name || key.toLowerCase() === name.toLowerCase()) return true;
  return false;
}

function rawAnswer(answer: IncomingMessage, chunks: readonly Buffer[], maxBytes: number): RawAnswer {
  const headers = flatHeaders(answer.headers);
  const [first] = chunks;
  const whole = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
  const body = unpacked(whole, headers['content-encoding'], maxBytes).toString('utf8');
  return { status: answer.statusCode ?? 0, headers, body };
}

const UNPACK: Readonly<Record<string, (packed: Buffer, limit: { readonly maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** We ask for no compression, yet a gateway on the way may not care. */
function unpacked(body: Buffer, encoding: string | undefined, maxBytes: number): Buffer {
  const unpack = encoding === undefined || body.length === 0 ? undefined : UNPACK[encoding.toLowerCase()];
  if (unpack === undefined) return body;
  try {
    return unpack(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new AnswerTooLarge(`it is larger than ${maxBytes} bytes once unpacked`);
    throw error;
  }
}
