import * as grpc from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { longBits } from '../otlp/dialect.ts';
import { otlpProtobuf } from '../otlp/encode.ts';
import { otlpType } from '../otlp/schema.ts';
import { payloadOf } from '../payload.ts';
import { makeProbe } from '../probe/probe.ts';
import { closeGrpc, otlpGrpcSender } from './otlp-grpc.ts';

const traces = payloadOf(makeProbe({ runId: 'r-1', t0Ms: 60_000, column: 'test' }), 'traces');
const sender = otlpGrpcSender('none');

type Handler = grpc.handleUnaryCall<Buffer, Buffer>;

describe('what a gRPC receiver answers', () => {
  let server: grpc.Server;
  let url: string;
  let handle: Handler;

  beforeEach(async () => {
    server = new grpc.Server();
    const asIs = (bytes: Buffer): Buffer => bytes;
    const method = {
      path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      requestStream: false,
      responseStream: false,
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    };
    server.addService(
      { Export: method },
      { Export: (call: Parameters<Handler>[0], done: Parameters<Handler>[1]) => handle(call, done) },
    );
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    url = `http://127.0.0.1:${port}`;
  });

  afterEach(() => {
    closeGrpc();
    server.forceShutdown();
  });

  it('everything taken; who pushes goes along', async () => {
    let got: Parameters<Handler>[0] | undefined;
    handle = (call, done) => {
      got = call;
      done(null, Buffer.alloc(0));
    };
    const result = await sender.send({ url, tenant: 'shop', auth: { kind: 'bearer', token: 't' } }, traces);
    expect(result).toMatchObject({ accepted: true, status: 0, sent: 3, rejected: 0 });
    expect(got?.metadata.getMap()).toMatchObject({ 'x-scope-orgid': 'shop', authorization: 'Bearer t' });
    expect(got?.request.equals(Buffer.from(otlpProtobuf(traces)))).toBe(true);
  });

  it('partial success', async () => {
    const answer = { partialSuccess: { rejectedSpans: longBits(1), errorMessage: 'too big' } };
    handle = (_call, done) => done(null, Buffer.from(otlpType('TraceResponse').encode(answer).finish()));
    expect(await sender.send({ url }, traces)).toMatchObject({
      accepted: false,
      status: 0,
      rejected: 1,
      message: 'too big',
    });
  });

  it.each([
    ['UNAUTHENTICATED', false],
    ['INVALID_ARGUMENT', false],
    ['RESOURCE_EXHAUSTED', false],
    ['INTERNAL', false],
    ['UNAVAILABLE', true],
  ] as const)('a refusal with %s is a result, not an error', async (name, retryable) => {
    handle = (_call, done) => done({ code: grpc.status[name], details: 'because' });
    const result = await sender.send({ url }, traces);
    expect(result).toMatchObject({
      accepted: false,
      status: grpc.status[name],
      message: 'because',
      retryable,
      rejected: 3,
    });
  });

  it('nothing within the deadline', async () => {
    handle = () => undefined;
    await expect(sender.send({ url }, traces, { timeoutMs: 50 })).rejects.toMatchObject({ failure: 'deadline', url });
  });

  it('nothing, because the caller called it off', async () => {
    const caller = new AbortController();
    handle = () => caller.abort();
    await expect(sender.send({ url }, traces, { signal: caller.signal })).rejects.toMatchObject({ failure: 'aborted' });
  });

  it('a service that it does not have', async () => {
    handle = () => undefined;
    const logs = payloadOf(makeProbe({ runId: 'r-1', t0Ms: 60_000, column: 'test' }), 'logs');
    expect(await sender.send({ url }, logs)).toMatchObject({ accepted: false, status: grpc.status.UNIMPLEMENTED });
  });
});
