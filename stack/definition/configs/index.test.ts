import { expect, it } from 'vitest';
import type { EngineName } from '../types.ts';
import { readFacts } from './index.ts';
import { testContext } from './shared/test-context.ts';

const ENGINES: readonly EngineName[] = [
  'prometheus',
  'loki',
  'tempo',
  'alloy',
  'otelcol',
  'grafana',
  'pyroscope',
  'pushgateway',
  'alertmanager',
];

/** Whatever a user writes: readers report, they never throw. */
const RUBBISH: readonly string[] = [
  '',
  '[]',
  'just text',
  '1',
  'a: [',
  '{}\n---\n{}',
  'receivers: []\nservice: []\nlimits_config: []\nserver: 3\nscrape_configs: {a: 1}\nroute: x\nglobal: [1]',
  'scrape_configs: [1, [2], null, {job_name: [x], static_configs: {targets: 1}}]\nrule_files: {a: b}\nremote_write: [3, {url: [1]}]\nalerting: [1]\nstorage: {tsdb: 3}',
  'receivers: {otlp: 3, prometheus: [1]}\nexporters: {otlp: [], otlphttp: x}\nprocessors: {transform: {trace_statements: {a: 1}}, filter: 1}\nservice: {pipelines: {traces: [1], logs: {receivers: x}}, extensions: {a: 1}, telemetry: 3}',
  'schema_config: {configs: {a: 1}}\nlimits_config: {retention_stream: {a: 1}, retention_period: [1]}\ncommon: 3\ncompactor: null\nruntime_config: {file: [1]}\nserver: {http_listen_port: {}}',
  'a: &a\n  b: *a\n',
  '? [complex]\n: x\n',
];

it.each(ENGINES)('%s never throws', (engine) => {
  for (const text of RUBBISH) {
    const files = { '/c': text, '/rules.yml': text };
    for (const argv of [
      [engine],
      [engine, '--config.file=/c'],
      [engine, '-config.file=/c', '-config.expand-env=true'],
      [engine, '--config=/c'],
      [engine, 'run', '/c'],
      ['sh', '-c', `${engine} --config=/c`],
      [],
    ]) {
      const facts = readFacts(testContext({ engine, argv, files, version: '3.0.0' }));
      expect(facts.engine).toBe(engine);
    }
  }
});
