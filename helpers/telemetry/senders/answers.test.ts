import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { longBits } from '../otlp/dialect.ts';
import { otlpJson } from '../otlp/encode.ts';
import { otlpType } from '../otlp/schema.ts';
import { payloadOf } from '../payload.ts';
import { makeProbe } from '../probe/probe.ts';
import { SendError } from './errors.ts';
import { pushAll } from './push-all.ts';
import { closeSenders, senderNamed, senders, sendersOf } from './table.ts';
import { urlFor } from './types.ts';

const probe = makeProbe({ runId: 'r-1', t0Ms: 60_000, column: 'test' });
const traces = payloadOf(probe, 'traces');
const logs = payloadOf(probe, 'logs');
const metrics = payloadOf(probe, 'metrics');
const http = senderNamed('otlp-http-protobuf');

interface Seen {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

describe('what a receiver answers', () => {
  let server: Server;
  let url: string;
  let seen: Seen[];
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    seen = [];
    answer = (response) => response.end();
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ request, body: Buffer.concat(chunks) });
        answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // listen() on a port gives an AddressInfo.
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    closeSenders();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('partial success in protobuf: not accepted, with count and words', async () => {
    answer = (response) => {
      const body = otlpType('TraceResponse')
        .encode({ partialSuccess: { rejectedSpans: longBits(2), errorMessage: 'too long' } })
        .finish();
      response.setHeader('Content-Type', 'application/x-protobuf').end(body);
    };
    const result = await http.send({ url }, traces);
    expect(result).toMatchObject({ accepted: false, status: 200, rejected: 2, sent: 3, message: 'too long' });
  });

  it('partial success in JSON, and a warning without rejection', async () => {
    const json = (text: string) => (response: ServerResponse) =>
      response.setHeader('Content-Type', 'application/json').end(text);
    const sender = senderNamed('otlp-http-json');
    answer = json('{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"no"}}');
    expect(await sender.send({ url }, logs)).toMatchObject({ accepted: false, rejected: 1, message: 'no' });
    answer = json('{"partialSuccess":{"errorMessage":"slow down"}}');
    expect(await sender.send({ url }, logs)).toMatchObject({ accepted: true, rejected: 0, message: 'slow down' });
  });

  it.each([
    [400, false],
    [401, false],
    [404, false],
    [429, true],
    [500, false],
    [503, true],
  ])('a refusal with %i is a result', async (status, retryable) => {
    answer = (response) => response.writeHead(status).end('because');
    const result = await http.send({ url }, traces);
    expect(result).toMatchObject({ accepted: false, status, rejected: 3, message: 'because', retryable, url });
  });

  it('a redirect is not followed', async () => {
    answer = (response) => response.writeHead(302, { Location: `${url}/login` }).end();
    expect(await http.send({ url }, traces)).toMatchObject({ accepted: false, status: 302 });
    expect(seen).toHaveLength(1);
  });

  it('nothing within the deadline', async () => {
    answer = () => undefined;
    const sent = http.send({ url }, traces, { timeoutMs: 50 });
    await expect(sent).rejects.toMatchObject({ name: 'SendError', failure: 'deadline', url });
    await expect(sent).rejects.toThrow(/no answer came within the deadline/);
  });

  it('nothing, because the caller called it off', async () => {
    const caller = new AbortController();
    answer = () => caller.abort();
    await expect(http.send({ url }, traces, { signal: caller.signal })).rejects.toMatchObject({ failure: 'aborted' });
  });

  it('a connection that breaks off', async () => {
    answer = (response) => response.destroy();
    await expect(http.send({ url }, traces)).rejects.toMatchObject({ failure: 'reset' });
  });

  it('the SDK’s refusal carries the receiver’s words', async () => {
    answer = (response) => response.writeHead(400).end('bad spans');
    const result = await senderNamed('sdk-otlp-http').send({ url }, traces);
    expect(result).toMatchObject({ accepted: false, status: 400, message: 'bad spans' });
  });

  it('the SDK’s status is told where it gave up trying again', async () => {
    answer = (response) => response.writeHead(503).end('later');
    const result = await senderNamed('sdk-otlp-http').send({ url }, traces, { timeoutMs: 300 });
    expect(result).toMatchObject({ accepted: false, status: 503, retryable: true, rejected: 3 });
  });

  it('who pushes goes along: tenant, credentials, headers', async () => {
    const endpoint = {
      url,
      tenant: 'shop',
      auth: { kind: 'basic', username: 'a', password: 'b' },
      headers: { 'X-Own': '1' },
    } as const;
    for (const sender of senders.filter(({ protocol }) => protocol !== 'otlp-grpc')) {
      seen = [];
      await sender.send(endpoint, payloadOf(probe, sender.signals[0] ?? 'metrics'));
      expect(seen[0]?.request.headers, sender.name).toMatchObject({
        'x-scope-orgid': 'shop',
        authorization: 'Basic YTpi',
        'x-own': '1',
      });
    }
    await http.send({ url, auth: { kind: 'bearer', token: 't' } }, traces);
    expect(seen.at(-1)?.request.headers.authorization).toBe('Bearer t');
  });

  it('gzip is declared and holds the same', async () => {
    await senderNamed('otlp-http-json+gzip').send({ url }, traces);
    expect(seen[0]?.request.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' });
    expect(JSON.parse(gunzipSync(seen[0]?.body ?? Buffer.alloc(0)).toString())).toEqual(otlpJson(traces));
  });

  it('connections are kept alive', async () => {
    for (let time = 0; time < 3; time++) await http.send({ url }, traces);
    expect(new Set(seen.map(({ request }) => request.socket.remotePort)).size).toBe(1);
  });

  it('several requests add up, and a refusal does not stop the rest', async () => {
    answer = (response) => response.writeHead(seen.length === 2 ? 503 : 200).end();
    const summary = await pushAll(http, { url }, traces, { batchSize: 1 });
    expect(summary).toMatchObject({ accepted: false, sent: 3, rejected: 1, requests: 3 });
    expect(summary.refusals.map(({ status }) => status)).toEqual([503]);
  });

  it('Loki’s count of ignored entries is taken over', async () => {
    const sender = senderNamed('loki-push-json');
    answer = (response) => response.writeHead(400).end('entry too far behind, total ignored: 2 out of 3 for stream');
    expect(await sender.send({ url }, logs)).toMatchObject({ accepted: false, rejected: 2 });
    answer = (response) => response.writeHead(400).end('timestamp too old');
    expect(await sender.send({ url }, logs)).toMatchObject({ accepted: false, rejected: undefined });
  });

  it('a push gateway gets its groups in the path', async () => {
    await senderNamed('pushgateway').send({ url: `${url}/metrics` }, metrics);
    const [group] = seen;
    expect(group?.request.method).toBe('PUT');
    expect(group?.request.url).toMatch(/^\/metrics\/job@base64\/[\w-]+\/instance@base64\/[\w-]+$/);
    expect(group?.body.toString()).toContain(
      `telltale_probe_orders_total{run="r-1",route="test",probe="${probe.marker}"} ${probe.counter}\n`,
    );
  });
});

describe('the table of senders', () => {
  it('names each once', () => {
    expect(new Set(senders.map(({ name }) => name)).size).toBe(senders.length);
    expect(sendersOf('traces').every(({ signals }) => signals.includes('traces'))).toBe(true);
    expect(() => senderNamed('carrier-pigeon')).toThrow(/there are: otlp-grpc/);
  });

  it.each(senders.filter(({ signals }) => signals.length === 1).map((sender) => [sender.name, sender] as const))(
    '%s refuses signals that it cannot carry',
    async (_name, sender) => {
      const other = sender.signals.includes('traces') ? metrics : traces;
      await expect(sender.send({ url: 'http://127.0.0.1:1' }, other)).rejects.toThrow(RangeError);
    },
  );

  it('adds the protocol’s path once', () => {
    expect(urlFor('http://a:4318/', http, 'logs')).toBe('http://a:4318/v1/logs');
    expect(urlFor('http://a:4318/v1/logs', http, 'logs')).toBe('http://a:4318/v1/logs');
    expect(urlFor('http://a:4317', senderNamed('otlp-grpc'), 'logs')).toBe('http://a:4317');
  });

  it('says in an error what, where and why', () => {
    const error = new SendError({ url: 'http://a/', failure: 'refused', detail: 'connect ECONNREFUSED' });
    expect(error.message).toBe('Nothing could be pushed to http://a/: nothing listens there (connect ECONNREFUSED).');
  });
});
