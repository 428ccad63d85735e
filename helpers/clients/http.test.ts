import { afterEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../testing/fake-server.ts';
import { freePort } from '../testing/free-port.ts';
import { encodeQuery, HttpClient } from './http.ts';
import { HttpError, TransportError } from './http-errors.ts';
import type { Exchange } from './http-types.ts';

const open: FakeServer[] = [];
async function fake(...parameters: Parameters<typeof startFakeServer>): Promise<FakeServer> {
  const server = await startFakeServer(...parameters);
  open.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()));
});

describe('HttpClient', () => {
  it('sends tenant, credentials, query and form as they are given, below the prefix of the base URL', async () => {
    const server = await fake((response) => response.end('ok'));
    const client = new HttpClient({
      baseUrl: `${server.url}/prefix/`,
      tenant: 'team-a',
      auth: { kind: 'bearer', token: 't0ken' },
    });
    const query = { q: 'a b', 'match[]': ['x', 'y'], no: undefined, n: 5n };
    await client.request({ method: 'POST', path: '/api', query, form: { k: '1&2' } });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      url: '/prefix/api?q=a%20b&match%5B%5D=x&match%5B%5D=y&n=5',
      body: 'k=1%262',
      headers: {
        'x-scope-orgid': 'team-a',
        authorization: 'Bearer t0ken',
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
  });

  it('sends binary bodies byte for byte', async () => {
    const server = await fake((response) => response.end());
    const body = new TextEncoder().encode('..protobuf..').subarray(2, 10);
    await new HttpClient({ baseUrl: server.url }).request({ method: 'POST', path: '/', body });
    expect(server.requests[0]).toMatchObject({ body: 'protobuf', headers: { 'content-length': '8' } });
  });

  it('turns credentials in the URL into basic auth and shows them nowhere', async () => {
    const server = await fake((response) => {
      response.statusCode = 401;
      response.end();
    });
    const client = new HttpClient({ baseUrl: `http://me:pa%2Fss@127.0.0.1:${server.port}` });
    await expect(client.requestOk({ path: '/x' })).rejects.toThrow(`GET ${server.url}/x answered 401: (empty body)`);
    const expected = `Basic ${Buffer.from('me:pa/ss').toString('base64')}`;
    expect(server.requests[0]?.headers.authorization).toBe(expected);
  });

  it('takes every status as an answer, and follows no redirect', async () => {
    const server = await fake((response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end('moved'));
    const answer = await new HttpClient({ baseUrl: server.url }).request({ path: '/' });
    expect(answer).toMatchObject({ status: 302, body: 'moved' });
  });

  it('uses one connection again and again', async () => {
    const sockets = new Set<unknown>();
    const server = await fake((response, request) => {
      sockets.add(request.socket);
      response.end('ok');
    });
    const client = new HttpClient({ baseUrl: server.url });
    for (let i = 0; i < 5; i++) await client.request({ path: '/' });
    expect(sockets.size).toBe(1);
  });

  it('carries method, URL, status and the words of the engine in the error', async () => {
    const body = JSON.stringify({ status: 'error', errorType: 'bad_data', error: 'parse error at char 5' });
    const server = await fake((response) => response.writeHead(400).end(body));
    const failure = new HttpClient({ baseUrl: server.url }).requestOk({
      path: '/api/v1/query',
      query: { query: 'x(' },
    });
    await expect(failure).rejects.toThrow(HttpError);
    await expect(failure).rejects.toMatchObject({
      message: `GET ${server.url}/api/v1/query?query=x( answered 400: parse error at char 5`,
      status: 400,
      errorType: 'bad_data',
      words: 'parse error at char 5',
    });
  });

  it('says URL and time when the deadline passes before the answer begins', async () => {
    const server = await fake(() => undefined);
    const failure = new HttpClient({ baseUrl: server.url, timeoutMs: 40 }).request({ path: '/slow' });
    await expect(failure).rejects.toThrow(
      new RegExp(`^GET ${server.url}/slow got no answer after \\d+ ms: its deadline is 40 ms$`),
    );
    await expect(failure).rejects.toMatchObject({ failure: 'deadline' });
  });

  it('holds the deadline also against a body that trickles', async () => {
    const server = await fake((response) => {
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    const failure = new HttpClient({ baseUrl: server.url, timeoutMs: 60 }).request({ path: '/' });
    await expect(failure).rejects.toMatchObject({ failure: 'deadline' });
  });

  it.each([
    ['refused', async () => `http://127.0.0.1:${await freePort()}`],
    ['name', async () => 'http://no-such-host.invalid'],
    ['reset', async () => (await fake((response) => response.destroy())).url],
    [
      'reset',
      async () =>
        (
          await fake(
            (response) => response.writeHead(200, { 'Content-Length': 99 }).write('half') && response.destroy(),
          )
        ).url,
    ],
    ['too-large', async () => (await fake((response) => response.end('x'.repeat(2000)))).url],
  ])('says what became of a connection: %s', async (kind, url) => {
    const baseUrl = await url();
    const failure = new HttpClient({ baseUrl, maxResponseBytes: 1000 }).request({ path: '/p' });
    await expect(failure).rejects.toBeInstanceOf(TransportError);
    await expect(failure).rejects.toMatchObject({ failure: kind, url: `${baseUrl}/p` });
  });

  it('passes on why it was interrupted', async () => {
    const server = await fake(() => undefined);
    const controller = new AbortController();
    const pending = new HttpClient({ baseUrl: server.url }).request({ path: '/', signal: controller.signal });
    controller.abort(new Error('Ctrl-C'));
    await expect(pending).rejects.toThrow('Ctrl-C');
  });

  it('shows every exchange to the observer, failed ones too', async () => {
    const seen: Exchange[] = [];
    const server = await fake((response) => response.end('ok'));
    const observer = (exchange: Exchange) => seen.push(exchange);
    await new HttpClient({ baseUrl: server.url, observer }).request({ method: 'POST', path: '/a', json: { b: 1 } });
    await expect(new HttpClient({ baseUrl: 'http://127.0.0.1:1', observer }).request({ path: '/' })).rejects.toThrow(
      'connection refused',
    );
    expect(seen).toMatchObject([
      { request: { method: 'POST', body: '{"b":1}' }, response: { status: 200, body: 'ok' } },
      { request: { method: 'GET' }, error: expect.stringContaining('connection refused') },
    ]);
  });
});

describe('encodeQuery', () => {
  it('is empty for nothing', () => {
    expect(encodeQuery(undefined)).toBe('');
    expect(encodeQuery({ a: undefined })).toBe('');
  });
});
