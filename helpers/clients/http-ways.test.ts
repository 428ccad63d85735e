import { Agent } from 'node:http';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../testing/fake-server.ts';
import { HttpClient } from './http.ts';
import { isPlain, plainSend } from './http-plain.ts';
import type { HttpRequest } from './http-types.ts';

const open: FakeServer[] = [];
async function fake(...parameters: Parameters<typeof startFakeServer>): Promise<FakeServer> {
  const server = await startFakeServer(...parameters);
  open.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()));
});

/** A GET goes by Node's own HTTP, a POST by axios: what callers see must be the same. */
const WAYS: readonly (readonly [way: string, request: HttpRequest])[] = [
  ['plainly', { path: '/a' }],
  ['by axios', { path: '/a', method: 'POST', body: 'x' }],
];

describe.each(WAYS)('a request that goes %s', (_way, request) => {
  it('says who asks and wants no compression, and leaves that to the request where it differs', async () => {
    const server = await fake((response) => response.end());
    const client = new HttpClient({ baseUrl: server.url, headers: { 'X-Own': '1' } });
    await client.request({ ...request, headers: { accept: 'application/json' } });
    const [seen] = server.requests;
    expect(seen?.headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'telltale',
      'x-own': '1',
      host: `127.0.0.1:${server.port}`,
      connection: 'keep-alive',
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('unpacks an answer in %s that nobody asked for', async (encoding, pack) => {
    const server = await fake((response) =>
      response.writeHead(200, { 'Content-Encoding': encoding }).end(pack('ä'.repeat(5000))),
    );
    const answer = await new HttpClient({ baseUrl: server.url }).request(request);
    expect(answer.body).toBe('ä'.repeat(5000));
    const small = new HttpClient({ baseUrl: server.url, maxResponseBytes: 1000 }).request(request);
    await expect(small).rejects.toMatchObject({ failure: 'too-large' });
  });

  it('joins headers that come twice, and keeps characters whole that lie across two chunks', async () => {
    const text = Buffer.from('größer');
    const server = await fake((response) => {
      response.setHeader('X-Twice', ['a', 'b']);
      response.write(text.subarray(0, 3));
      setImmediate(() => response.end(text.subarray(3)));
    });
    const answer = await new HttpClient({ baseUrl: server.url }).request(request);
    expect(answer).toMatchObject({ body: 'größer', headers: { 'x-twice': 'a, b' } });
  });

  it('is not sent when the caller has already given up', async () => {
    const server = await fake((response) => response.end());
    const pending = new HttpClient({ baseUrl: server.url }).request({
      ...request,
      signal: AbortSignal.abort(new Error('Ctrl-C')),
    });
    await expect(pending).rejects.toThrow('Ctrl-C');
  });

  it('refuses a header that would break the request apart', async () => {
    const server = await fake((response) => response.end());
    const pending = new HttpClient({ baseUrl: server.url, tenant: 'a\r\nX-Evil: 1' }).request(request);
    await pending.catch(() => undefined);
    expect(server.requests.filter(({ headers }) => 'x-evil' in headers)).toEqual([]);
  });

  it('names the deadline when the answer stops halfway', async () => {
    const server = await fake((response) => void response.write('half'));
    const pending = new HttpClient({ baseUrl: server.url, timeoutMs: 50 }).request(request);
    await expect(pending).rejects.toMatchObject({ failure: 'deadline' });
  });
});

describe('plainSend', () => {
  it('asks once more when the server closed an idle connection just as it was used again', async () => {
    const used = new Set<unknown>();
    const server = await fake((response, { socket }) => {
      if (used.has(socket)) socket.destroy();
      else response.end('ok');
      used.add(socket);
    });
    const client = new HttpClient({ baseUrl: server.url });
    await client.request({ path: '/' });
    expect(await client.request({ path: '/' })).toMatchObject({ status: 200, body: 'ok' });
    expect(server.requests).toHaveLength(3);
    const first = new HttpClient({ baseUrl: (await fake((response) => response.destroy())).url });
    await expect(first.request({ path: '/' })).rejects.toMatchObject({ failure: 'reset' });
  });

  it('sends requests to an IPv6 address', async () => {
    expect(plainSend('http://[::1]:9090', new Agent())).toBeTypeOf('function');
    const failure = new HttpClient({ baseUrl: 'http://[::1]:1' }).request({ path: '/' });
    await expect(failure).rejects.toThrow(
      /^GET http:\/\/\[::1\]:1\/ got no answer after \d+ ms: (connection refused|the host)/,
    );
  });

  it('leaves TLS to axios', async () => {
    expect(plainSend('https://127.0.0.1', new Agent())).toBeUndefined();
  });

  it.each([
    ['/api/v1/query', true],
    ['/loki/api/v1/label/a%20b/values', true],
    ['/a/../b', false],
    ['/a/./b', false],
    ['/with space', false],
    ['/ö', false],
    ['/a#b', false],
  ])('takes the path %s as it is: %s', (path, plain) => {
    expect(isPlain({ method: 'GET', url: `http://h${path}`, headers: {} }, path)).toBe(plain);
  });

  it('leaves paths that a URL parser writes anew to axios', async () => {
    const server = await fake((response) => response.end());
    await new HttpClient({ baseUrl: server.url }).request({ path: '/ö x/../y' });
    expect(server.requests[0]?.url).toBe('/y');
  });
});
