import {
  bool,
  type Decoder,
  field,
  fieldOr,
  floatText,
  int,
  int64,
  isJsonObject,
  type JsonObject,
  list,
  mismatch,
  object,
  optional,
  text,
} from './decode.ts';
import type {
  FullTrace,
  SpanAttributes,
  SpanHit,
  SpanSet,
  SpanValue,
  TagScope,
  TagValue,
  TraceHit,
  TraceInstant,
  TraceSeries,
  TraceSpan,
} from './tempo-types.ts';

/** proto3's JSON leaves default values out: an absent number is 0, an absent string is empty. */
const ZERO = 0n;

/**
 * An id in base64 (the trace API) or hex (search) → lower-case hex of the given bytes. Base64 of 8 or 16 bytes always
 * ends in `=`, which no hex id does.
 */
function hexId(bytes: number): Decoder<string> {
  return (json) => {
    const id = text(json);
    if (id.length <= bytes * 2 && /^[0-9a-fA-F]*$/.test(id)) {
      return id.toLowerCase().padStart(bytes * 2, '0');
    }
    const decoded = Buffer.from(id, 'base64');
    if (decoded.length !== bytes) throw mismatch(`an id of ${bytes} bytes in hex or base64`, json);
    return decoded.toString('hex');
  };
}

export const traceIdText = hexId(16);
export const spanIdText = hexId(8);

/** https://opentelemetry.io/docs/specs/otel/protocol/ AnyValue in JSON. */
export const anyValue: Decoder<SpanValue> = (json) => {
  const from = object(json);
  const [kind] = Object.keys(from);
  switch (kind) {
    case 'stringValue':
      return field(from, kind, text);
    case 'intValue':
      return field(from, kind, int64);
    case 'doubleValue':
      return field(from, kind, floatText);
    case 'boolValue':
      return field(from, kind, bool);
    case 'bytesValue':
      return new Uint8Array(Buffer.from(field(from, kind, text), 'base64'));
    case 'arrayValue':
      return field(from, kind, (array) => fieldOr(object(array), 'values', list(anyValue), []));
    case 'kvlistValue':
      return field(from, kind, (pairs) => fieldOr(object(pairs), 'values', attributes, {}));
    case undefined:
      return null;
    default:
      throw mismatch('an OTLP AnyValue', json);
  }
};

export const attributes: Decoder<SpanAttributes> = (json) =>
  Object.fromEntries(
    list((item): [string, SpanValue] => {
      const from = object(item);
      return [field(from, 'key', text), fieldOr(from, 'value', anyValue, null)];
    })(json),
  );

const KINDS: readonly TraceSpan['kind'][] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

const spanKind: Decoder<TraceSpan['kind']> = (json) => {
  const name = typeof json === 'string' ? json.replace(/^SPAN_KIND_/, '').toLowerCase() : undefined;
  const kind = typeof json === 'number' ? KINDS[json] : KINDS.find((known) => known === name);
  if (kind === undefined) throw mismatch('a span kind', json);
  return kind;
};

const STATUSES: readonly TraceSpan['status'][] = ['unset', 'ok', 'error'];

const statusCode: Decoder<TraceSpan['status']> = (json) => {
  const name = typeof json === 'string' ? json.replace(/^STATUS_CODE_/, '').toLowerCase() : undefined;
  const status = typeof json === 'number' ? STATUSES[json] : STATUSES.find((known) => known === name);
  if (status === undefined) throw mismatch('a status code', json);
  return status;
};

type Owner = Pick<TraceSpan, 'resource' | 'scope'>;

function span(owner: Owner): Decoder<TraceSpan> {
  return (json) => {
    const from = object(json);
    const status = fieldOr(from, 'status', object, {});
    const parent = fieldOr(from, 'parentSpanId', text, '');
    return {
      traceId: field(from, 'traceId', traceIdText),
      spanId: field(from, 'spanId', spanIdText),
      ...(parent === '' ? {} : { parentSpanId: field(from, 'parentSpanId', spanIdText) }),
      ...optional(from, 'traceState', text),
      name: fieldOr(from, 'name', text, ''),
      kind: fieldOr(from, 'kind', spanKind, 'unspecified'),
      startNs: fieldOr(from, 'startTimeUnixNano', int64, ZERO),
      endNs: fieldOr(from, 'endTimeUnixNano', int64, ZERO),
      attributes: fieldOr(from, 'attributes', attributes, {}),
      status: fieldOr(status, 'code', statusCode, 'unset'),
      statusMessage: fieldOr(status, 'message', text, ''),
      events: fieldOr(from, 'events', list(spanEvent), []),
      links: fieldOr(from, 'links', list(spanLink), []),
      ...owner,
    };
  };
}

const spanEvent: Decoder<TraceSpan['events'][number]> = (json) => {
  const from = object(json);
  return {
    timeNs: fieldOr(from, 'timeUnixNano', int64, ZERO),
    name: fieldOr(from, 'name', text, ''),
    attributes: fieldOr(from, 'attributes', attributes, {}),
  };
};

const spanLink: Decoder<TraceSpan['links'][number]> = (json) => {
  const from = object(json);
  return {
    traceId: field(from, 'traceId', traceIdText),
    spanId: field(from, 'spanId', spanIdText),
    attributes: fieldOr(from, 'attributes', attributes, {}),
  };
};

const resourceSpans: Decoder<readonly TraceSpan[]> = (json) => {
  const from = object(json);
  const resource = fieldOr(fieldOr(from, 'resource', object, {}), 'attributes', attributes, {});
  const key = from.scopeSpans === undefined ? 'instrumentationLibrarySpans' : 'scopeSpans';
  const scopeSpans: Decoder<readonly TraceSpan[]> = (item) => {
    const scoped = object(item);
    const scope = fieldOr(scoped, 'scope', object, {});
    const owner: Owner = {
      resource,
      scope: {
        name: fieldOr(scope, 'name', text, ''),
        version: fieldOr(scope, 'version', text, ''),
        attributes: fieldOr(scope, 'attributes', attributes, {}),
      },
    };
    return fieldOr(scoped, 'spans', list(span(owner)), []);
  };
  return fieldOr(from, key, list(scopeSpans), []).flat();
};

/** The body of `/api/traces`: `batches`, in newer versions `resourceSpans`. Undefined: nothing there. */
export const traceV1: Decoder<FullTrace | undefined> = (json) => spansUnder(object(json), {});

/** The body of `/api/v2/traces`: `{trace: {resourceSpans}, status?, message?}`. */
export const traceV2: Decoder<FullTrace | undefined> = (json) => {
  const from = object(json);
  const note = { ...optional(from, 'status', text), ...optional(from, 'message', text) };
  return field(from, 'trace', (trace) => spansUnder(object(trace), note));
};

function spansUnder(from: JsonObject, note: Omit<FullTrace, 'spans'>): FullTrace | undefined {
  const key = ['resourceSpans', 'batches'].find((name) => from[name] !== undefined && from[name] !== null);
  if (key === undefined) return undefined;
  const spans = field(from, key, list(resourceSpans)).flat();
  return spans.length === 0 ? undefined : { spans, ...note };
}

const spanHit: Decoder<SpanHit> = (json) => {
  const from = object(json);
  return {
    spanId: field(from, 'spanID', spanIdText),
    name: fieldOr(from, 'name', text, ''),
    startNs: fieldOr(from, 'startTimeUnixNano', int64, ZERO),
    durationNs: fieldOr(from, 'durationNanos', int64, ZERO),
    attributes: fieldOr(from, 'attributes', attributes, {}),
  };
};

const spanSet: Decoder<SpanSet> = (json) => {
  const from = object(json);
  return {
    matched: fieldOr(from, 'matched', int, 0),
    attributes: fieldOr(from, 'attributes', attributes, {}),
    spans: fieldOr(from, 'spans', list(spanHit), []),
  };
};

const traceHit: Decoder<TraceHit> = (json) => {
  const from = object(json);
  // Before 2.3 there was one span set only.
  const sets = Array.isArray(from.spanSets)
    ? field(from, 'spanSets', list(spanSet))
    : isJsonObject(from.spanSet)
      ? [field(from, 'spanSet', spanSet)]
      : [];
  return {
    traceId: field(from, 'traceID', traceIdText),
    rootServiceName: fieldOr(from, 'rootServiceName', text, ''),
    rootTraceName: fieldOr(from, 'rootTraceName', text, ''),
    startNs: fieldOr(from, 'startTimeUnixNano', int64, ZERO),
    durationMs: fieldOr(from, 'durationMs', int, 0),
    spanSets: sets,
  };
};

export const searchAnswer: Decoder<readonly TraceHit[]> = (json) => fieldOr(object(json), 'traces', list(traceHit), []);

export const tagScopes: Decoder<readonly TagScope[]> = (json) =>
  fieldOr(
    object(json),
    'scopes',
    list((item) => {
      const from = object(item);
      return { name: field(from, 'name', text), tags: fieldOr(from, 'tags', list(text), []) };
    }),
    [],
  );

export const tagNames: Decoder<readonly string[]> = (json) => fieldOr(object(json), 'tagNames', list(text), []);

export const tagValues: Decoder<readonly TagValue[]> = (json) =>
  fieldOr(
    object(json),
    'tagValues',
    list((item) => {
      const from = object(item);
      return { type: field(from, 'type', text), value: fieldOr(from, 'value', text, '') };
    }),
    [],
  );

const point: Decoder<TraceSeries['points'][number]> = (json) => {
  const from = object(json);
  return { timeMs: fieldOr(from, 'timestampMs', int, 0), value: fieldOr(from, 'value', floatText, 0) };
};

const exemplar: Decoder<TraceSeries['exemplars'][number]> = (json) => ({
  ...point(json),
  labels: fieldOr(object(json), 'labels', attributes, {}),
});

export const metricsRange: Decoder<readonly TraceSeries[]> = (json) =>
  fieldOr(
    object(json),
    'series',
    list((item) => {
      const from = object(item);
      return {
        labels: fieldOr(from, 'labels', attributes, {}),
        points: fieldOr(from, 'samples', list(point), []),
        exemplars: fieldOr(from, 'exemplars', list(exemplar), []),
      };
    }),
    [],
  );

export const metricsInstant: Decoder<readonly TraceInstant[]> = (json) =>
  fieldOr(
    object(json),
    'series',
    list((item) => {
      const from = object(item);
      return { labels: fieldOr(from, 'labels', attributes, {}), value: fieldOr(from, 'value', floatText, 0) };
    }),
    [],
  );
