import type { EngineFacts } from '../facts.ts';
import type { EngineName } from '../types.ts';
import { readLoki } from './loki/reader.ts';
import { readOtelcol } from './otelcol/reader.ts';
import { readPrometheus } from './prometheus/reader.ts';
import type { ConfigReader, ReaderContext } from './reader.ts';
import { emptyFacts } from './shared/facts-builder.ts';

const unread: ConfigReader = (context) => emptyFacts(context.engine);

const READERS: Readonly<Record<EngineName, ConfigReader>> = {
  prometheus: readPrometheus,
  loki: readLoki,
  otelcol: readOtelcol,
  alertmanager: unread,
  pushgateway: unread,
  alloy: unread,
  tempo: unread,
  pyroscope: unread,
  grafana: unread,
};

/** Reads the configuration of a recognised service: image defaults, files, flags and environment together. */
export function readFacts(context: ReaderContext): EngineFacts {
  return READERS[context.engine](context);
}
