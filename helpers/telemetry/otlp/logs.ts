import type { LogRecord, Resource } from '../types.ts';
import { grouped, keyValues, type Message } from './common.ts';
import type { Dialect } from './dialect.ts';

/**
 * `ExportLogsServiceRequest`. The observed time is left out: the story would otherwise not be the same through
 * receivers that set it and those that do not.
 */
export function logsRequest(resources: readonly Resource[], logs: readonly LogRecord[], dialect: Dialect): Message {
  return {
    resourceLogs: grouped(resources, logs, dialect, { scopes: 'scopeLogs', records: 'logRecords' }, (log) => ({
      timeUnixNano: dialect.long(log.timeNs),
      severityNumber: log.severityNumber,
      severityText: log.severityText,
      body: { stringValue: log.body },
      attributes: keyValues(log.attributes, dialect),
      ...(log.traceId === undefined ? {} : { traceId: dialect.id(log.traceId) }),
      ...(log.spanId === undefined ? {} : { spanId: dialect.id(log.spanId) }),
    })),
  };
}
