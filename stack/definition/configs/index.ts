import type { EngineFacts } from '../facts.ts';
import type { EngineName } from '../types.ts';
import { readAlertmanager } from './alertmanager/reader.ts';
import { readAlloy } from './alloy/reader.ts';
import { readGrafana } from './grafana/reader.ts';
import { readLoki } from './loki/reader.ts';
import { readOtelcol } from './otelcol/reader.ts';
import { readPrometheus } from './prometheus/reader.ts';
import { readPushgateway } from './pushgateway/reader.ts';
import { readPyroscope } from './pyroscope/reader.ts';
import type { ConfigReader, ReaderContext } from './reader.ts';
import { readTempo } from './tempo/reader.ts';

const READERS: Readonly<Record<EngineName, ConfigReader>> = {
  prometheus: readPrometheus,
  loki: readLoki,
  tempo: readTempo,
  alloy: readAlloy,
  otelcol: readOtelcol,
  grafana: readGrafana,
  pyroscope: readPyroscope,
  pushgateway: readPushgateway,
  alertmanager: readAlertmanager,
};

/** Reads the configuration of a recognised service: image defaults, files, flags and environment together. */
export function readFacts(context: ReaderContext): EngineFacts {
  return READERS[context.engine](context);
}
