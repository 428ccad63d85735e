import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payloadOf, type TelemetrySignal } from '../payload.ts';
import { makeStory } from '../story/story.ts';
import { anyValue } from './common.ts';
import { JSON_DIALECT, longBits, PROTOBUF_DIALECT } from './dialect.ts';
import { otlpJson, otlpProtobuf, REQUEST_TYPE } from './encode.ts';
import { decodeJsonResponse, decodeProtobufResponse, decodeStatus } from './response.ts';
import { otlpType } from './schema.ts';

const story = makeStory({ runId: 'r-1', t0Ms: Date.UTC(2026, 10, 20, 8, 30) });
const SIGNALS: readonly TelemetrySignal[] = ['traces', 'logs', 'metrics'];

/** Protobuf decoded into the JSON form: ids in hex, 64-bit integers as strings. */
function asJson(signal: TelemetrySignal, bytes: Uint8Array): unknown {
  const type = otlpType(REQUEST_TYPE[signal]);
  return hexIds(type.toObject(type.decode(bytes), { longs: String, json: true, arrays: false }));
}

function hexIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hexIds);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /^(traceId|spanId|parentSpanId)$/.test(key) && typeof inner === 'string'
        ? Buffer.from(inner, 'base64').toString('hex')
        : hexIds(inner),
    ]),
  );
}

/** proto3 does not write defaults, so the two forms are compared without them. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => key === 'value' || key.startsWith('as') || !isDefault(inner))
      .map(([key, inner]) => [key, withoutDefaults(inner)]),
  );
}

function isDefault(value: unknown): boolean {
  return (
    value === '' || value === 0 || value === '0' || value === false || (Array.isArray(value) && value.length === 0)
  );
}

describe('OTLP encodings', () => {
  it.each(SIGNALS)('say the same in protobuf as in JSON: %s', (signal) => {
    const payload = payloadOf(story, signal);
    expect(withoutDefaults(asJson(signal, otlpProtobuf(payload)))).toEqual(withoutDefaults(otlpJson(payload)));
  });

  it('group by resource and scope, and keep every record', () => {
    const traces = otlpType('TraceRequest').decode(otlpProtobuf(payloadOf(story, 'traces')));
    const resources: unknown = Reflect.get(traces, 'resourceSpans');
    expect(Array.isArray(resources) ? resources.length : 0).toBe(6);
    expect(JSON.stringify(otlpJson(payloadOf(story, 'traces'))).match(/"parentSpanId"|"kind":/g)?.length).toBe(
      733 + story.spans.filter((span) => span.parentSpanId !== undefined).length,
    );
  });

  it('write ids as hex and 64-bit integers as strings in JSON, as the specification has it', () => {
    const text = JSON.stringify(otlpJson(payloadOf(story, 'traces')));
    const [span] = story.spans;
    expect(text).toContain(`"traceId":"${span?.traceId}"`);
    expect(text).toContain(`"startTimeUnixNano":"${span?.startNs}"`);
    expect(text).toContain('"kind":3');
    expect(JSON.stringify(otlpJson(payloadOf(story, 'metrics')))).toContain('"asDouble":"-Infinity"');
  });

  it('refuse a record whose resource is missing', () => {
    expect(() => otlpJson({ signal: 'traces', resources: [], spans: story.spans })).toThrow(/resource "browser"/);
  });

  it('carry any 64-bit integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const type = otlpType('AnyValue');
        const bytes = type.encode(anyValue(value, PROTOBUF_DIALECT)).finish();
        expect(type.toObject(type.decode(bytes), { longs: String })).toEqual({ intValue: String(value) });
        expect(anyValue(value, JSON_DIALECT)).toEqual({ intValue: String(value) });
      }),
    );
  });

  it('carry any safe number as its halves', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(longBits(value)).toEqual(longBits(BigInt(value)));
      }),
    );
  });
});

describe('OTLP responses', () => {
  it('tell how many were rejected and why', () => {
    const bytes = otlpType('LogsResponse')
      .encode({ partialSuccess: { rejectedLogRecords: longBits(3), errorMessage: 'too old' } })
      .finish();
    expect(decodeProtobufResponse('logs', bytes)).toEqual({ rejected: 3, message: 'too old' });
    const json = '{"partialSuccess":{"rejectedDataPoints":"7","errorMessage":"no"}}';
    expect(decodeJsonResponse('metrics', json)).toEqual({ rejected: 7, message: 'no' });
  });

  it.each(['', '{}', 'OK'])('reject nothing where the body is "%s"', (body) => {
    expect(decodeJsonResponse('traces', body)).toEqual({ rejected: 0, message: '' });
    expect(decodeProtobufResponse('traces', Buffer.from(body))).toEqual({ rejected: 0, message: '' });
  });

  it('read the message of a google.rpc.Status', () => {
    const bytes = otlpType('RpcStatus').encode({ code: 3, message: 'bad span' }).finish();
    expect(decodeStatus(bytes)).toBe('bad span');
    expect(decodeStatus(Buffer.from('plain words'))).toBeUndefined();
  });
});
