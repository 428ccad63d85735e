import {
  alertmanagerConfig,
  collectorConfig,
  lokiConfig,
  type PortMap,
  prometheusConfig,
  tempoConfig,
} from './engine-configs.ts';
import { findTestEngine } from './find-test-engine.ts';
import { freePorts } from './free-port.ts';
import { type LocalEngine, startLocalEngine } from './local-engine.ts';

export interface TestEngineOptions {
  /** In place of the ready-made configuration; gets the ports that were chosen. */
  readonly config?: string | ((ports: PortMap) => string);
  /** Appended to the command line. */
  readonly flags?: readonly string[];
  /** More files beside the configuration, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Another build than the newest in the cache. */
  readonly binary?: string;
  readonly deadlineMs?: number;
}

/**
 * Prometheus with OTLP and remote-write receivers, exemplars, admin and lifecycle API, scraping nothing.
 * Ports: `http`.
 */
export function startPrometheus(options: TestEngineOptions = {}): Promise<LocalEngine> {
  return start('prometheus', ['http'], options, prometheusConfig, '/-/ready', (ports) => [
    '--config.file=config.yaml',
    '--storage.tsdb.path=data',
    `--web.listen-address=127.0.0.1:${ports.http}`,
    '--web.enable-otlp-receiver',
    '--web.enable-remote-write-receiver',
    '--web.enable-admin-api',
    '--web.enable-lifecycle',
    '--enable-feature=exemplar-storage',
  ]);
}

/** Loki as a single binary on the file system, schema v13. Ports: `http`, `grpc`, `gossip`. */
export function startLoki(options: TestEngineOptions = {}): Promise<LocalEngine> {
  return start('loki', ['http', 'grpc', 'gossip'], options, lokiConfig, '/ready', () => ['-config.file=config.yaml']);
}

/** A Collector with an OTLP receiver and the debug exporter. Ports: `http` (health check), `otlpGrpc`, `otlpHttp`, `metrics`. */
export function startCollector(options: TestEngineOptions = {}): Promise<LocalEngine> {
  const ports = ['http', 'otlpGrpc', 'otlpHttp', 'metrics'];
  return start('otelcol', ports, options, collectorConfig, '/', () => ['--config=config.yaml']);
}

/** Ports: `http`. */
export function startAlertmanager(options: TestEngineOptions = {}): Promise<LocalEngine> {
  return start('alertmanager', ['http'], options, alertmanagerConfig, '/-/ready', (ports) => [
    '--config.file=config.yaml',
    '--storage.path=data',
    `--web.listen-address=127.0.0.1:${ports.http}`,
    '--cluster.listen-address=',
  ]);
}

/** Tempo as a single binary. Ports: `http`, `grpc`, `otlpGrpc`, `otlpHttp`, `gossip`. */
export function startTempo(options: TestEngineOptions = {}): Promise<LocalEngine> {
  const ports = ['http', 'grpc', 'otlpGrpc', 'otlpHttp', 'gossip'];
  return start('tempo', ports, options, tempoConfig, '/ready', () => ['-config.file=config.yaml']);
}

/** Between choosing a free port and binding it, somebody else may take it: then others are chosen. */
async function start(
  name: string,
  portNames: readonly string[],
  options: TestEngineOptions,
  standard: (ports: PortMap) => string,
  readyPath: string,
  args: (ports: PortMap) => readonly string[],
): Promise<LocalEngine> {
  const binary = options.binary ?? findTestEngine(name)?.path;
  if (binary === undefined) throw new Error(`engine ${name} not found in ~/.cache/telltale/engines`);
  for (let attempt = 1; ; attempt++) {
    const numbers = await freePorts(portNames.length);
    const named = Object.fromEntries(portNames.map((portName, index) => [portName, numbers[index] ?? 0]));
    const ports: PortMap = { http: 0, ...named };
    const config = options.config ?? standard;
    try {
      return await startLocalEngine({
        name,
        binary,
        args: [...args(ports), ...(options.flags ?? [])],
        readyUrl: `http://127.0.0.1:${ports.http}${readyPath}`,
        ports,
        files: { 'config.yaml': typeof config === 'string' ? config : config(ports), ...options.files },
        ...(options.env === undefined ? {} : { env: options.env }),
        ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      });
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('address already in use');
      if (!taken || attempt === 3) throw error;
    }
  }
}
