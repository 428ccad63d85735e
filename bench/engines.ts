import { lokiConfig, type PortMap, tempoConfig } from '../helpers/testing/engine-configs.ts';
import { startCollector, startLoki, startPrometheus, startTempo } from '../helpers/testing/engines.ts';
import { findTestEngine } from '../helpers/testing/find-test-engine.ts';
import type { LocalEngine } from '../helpers/testing/local-engine.ts';

export interface BenchEngines {
  readonly prometheus: LocalEngine;
  readonly loki: LocalEngine;
  readonly collector: LocalEngine;
  /** Undefined where there is no Tempo on this machine. */
  readonly tempo: LocalEngine | undefined;
  readonly versions: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const NAMES = ['prometheus', 'loki', 'otelcol', 'tempo'];

/** Limits out of the way, so that what is measured is not a refusal. @throws Error naming an engine that is missing. */
export async function startEngines(): Promise<BenchEngines> {
  const versions = Object.fromEntries(NAMES.flatMap((name) => versionOf(name)));
  const missing = NAMES.filter((name) => name !== 'tempo' && versions[name] === undefined);
  if (missing.length > 0) {
    throw new Error(`The bench needs ${missing.join(', ')}: bring them with \`npx telltale engines install NAME\`.`);
  }
  const started = await Promise.allSettled([
    startPrometheus({ flags: ['--log.level=warn'] }),
    startLoki({ config: unlimitedLoki }),
    startCollector(),
    ...(versions.tempo === undefined ? [] : [startTempo({ config: unlimitedTempo })]),
  ]);
  const running = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const stop = async (): Promise<void> => void (await Promise.all(running.map((engine) => engine.stop(500))));
  const failed = started.find((each) => each.status === 'rejected');
  const [prometheus, loki, collector, tempo] = running;
  if (failed !== undefined || prometheus === undefined || loki === undefined || collector === undefined) {
    await stop();
    throw failed?.reason ?? new Error('An engine did not start.');
  }
  return { prometheus, loki, collector, tempo, versions, stop };
}

function versionOf(name: string): [string, string][] {
  const found = findTestEngine(name);
  return found === undefined ? [] : [[name, found.version]];
}

function unlimitedLoki(ports: PortMap): string {
  const limits = `limits_config:
  ingestion_rate_mb: 1000
  ingestion_burst_size_mb: 1000
  per_stream_rate_limit: 1GB
  per_stream_rate_limit_burst: 1GB`;
  return lokiConfig(ports).replace('limits_config:', limits);
}

function unlimitedTempo(ports: PortMap): string {
  return `${tempoConfig(ports)}
overrides:
  defaults:
    ingestion: { rate_limit_bytes: 1000000000, burst_size_bytes: 1000000000, max_traces_per_user: 0 }
`;
}
