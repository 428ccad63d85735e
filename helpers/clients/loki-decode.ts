import {
  type Decoder,
  element,
  field,
  fieldOr,
  int,
  int64,
  type JsonObject,
  labelSet,
  list,
  listOrNull,
  number,
  object,
  text,
  tuple,
} from './decode.ts';
import type {
  DeleteRequest,
  DetectedField,
  IndexStats,
  LogEntry,
  LogPattern,
  LogStream,
  LokiAnswer,
  RingMember,
} from './loki-types.ts';
import { envelope, queryResult } from './prometheus-decode.ts';

const NONE = {};

const logEntry: Decoder<LogEntry> = (json) => {
  const parts = tuple(json);
  const extra: JsonObject = parts.length > 2 ? element(parts, 2, object) : NONE;
  return {
    timeNs: element(parts, 0, int64),
    line: element(parts, 1, text),
    structuredMetadata: fieldOr(extra, 'structuredMetadata', labelSet, NONE),
    parsed: fieldOr(extra, 'parsed', labelSet, NONE),
  };
};

export const logStream: Decoder<LogStream> = (json) => {
  const from = object(json);
  return { labels: field(from, 'stream', labelSet), entries: field(from, 'values', list(logEntry)) };
};

const noFlags: readonly string[] = [];

const lokiData: Decoder<LokiAnswer['result']> = (json) => {
  const from = object(json);
  if (field(from, 'resultType', text) !== 'streams') return queryResult(json);
  const categorized = fieldOr(from, 'encodingFlags', list(text), noFlags).includes('categorize-labels');
  return { type: 'streams', rows: field(from, 'result', listOrNull(logStream)), categorized };
};

export const lokiAnswer: Decoder<LokiAnswer> = (json) => {
  const { data, warnings } = envelope(lokiData)(json);
  return { result: data, warnings };
};

export const indexStats: Decoder<IndexStats> = (json) => {
  const from = object(json);
  return {
    streams: field(from, 'streams', int),
    chunks: field(from, 'chunks', int),
    entries: field(from, 'entries', int),
    bytes: field(from, 'bytes', int),
  };
};

export const patterns: Decoder<readonly LogPattern[]> = listOrNull((json) => {
  const from = object(json);
  return {
    pattern: field(from, 'pattern', text),
    samples: field(
      from,
      'samples',
      listOrNull((sample) => {
        const parts = tuple(sample);
        return { timeMs: element(parts, 0, number) * 1000, count: element(parts, 1, int) };
      }),
    ),
  };
});

export const detectedFields: Decoder<readonly DetectedField[]> = (json) =>
  fieldOr(
    object(json),
    'fields',
    list((item) => {
      const from = object(item);
      return {
        label: field(from, 'label', text),
        type: field(from, 'type', text),
        cardinality: field(from, 'cardinality', int),
        parsers: fieldOr(from, 'parsers', list(text), []),
      };
    }),
    [],
  );

export const deleteRequests: Decoder<readonly DeleteRequest[]> = listOrNull((json) => {
  const from = object(json);
  return {
    requestId: field(from, 'request_id', text),
    query: field(from, 'query', text),
    status: field(from, 'status', text),
    startSeconds: field(from, 'start_time', number),
    endSeconds: field(from, 'end_time', number),
  };
});

export const ring: Decoder<readonly RingMember[]> = (json) =>
  field(
    object(json),
    'shards',
    listOrNull((item) => {
      const from = object(item);
      return {
        id: field(from, 'id', text),
        state: field(from, 'state', text),
        address: fieldOr(from, 'address', text, ''),
      };
    }),
  );
