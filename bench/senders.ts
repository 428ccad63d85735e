import type { Payload, TelemetrySignal } from '../helpers/telemetry/payload.ts';
import { senders } from '../helpers/telemetry/senders/table.ts';
import { type Sender, urlFor } from '../helpers/telemetry/senders/types.ts';
import { storyStart } from '../helpers/telemetry/story/clock.ts';
import { makeLoad } from '../helpers/telemetry/story/load.ts';
import { shopResources } from '../helpers/telemetry/story/shop.ts';
import { makeStory } from '../helpers/telemetry/story/story.ts';
import type { BenchEngines } from './engines.ts';
import { timed } from './pool.ts';
import { mustPush } from './push-story.ts';

export interface SenderFigure {
  readonly sender: string;
  readonly signal: TelemetrySignal;
  /** The engine that took it. */
  readonly to: string;
  /** Spans, lines or data points. */
  readonly items: number;
  /** Encoded, pushed and accepted, one request after the other. */
  readonly perSecond: number;
  /** Processor time of this process for one item, microseconds: what the engine takes is not in it. */
  readonly cpuMicros: number;
}

interface Target {
  readonly name: string;
  readonly base: string;
}

/** Every sender with every signal that it has, into the engine that takes it. */
export async function measureSenders(engines: BenchEngines, traces: number): Promise<readonly SenderFigure[]> {
  const figures: SenderFigure[] = [];
  for (const sender of senders) {
    for (const signal of sender.signals) {
      const target = targetOf(engines, sender, signal);
      if (target === undefined) continue;
      // Ids, streams and series of its own for each, for an engine may know better than to store a thing twice.
      const run = `${sender.name}-${signal}`.replaceAll('+', '_');
      const [first, ...rest] = payloads(signal, run, traces);
      if (first === undefined) continue;
      const url = urlFor(target.base, sender, signal);
      await mustPush(sender, url, [first]);
      const before = process.cpuUsage();
      let items = 0;
      const ms = await timed(async () => {
        items = await mustPush(sender, url, rest);
      });
      const { user, system } = process.cpuUsage(before);
      const figure = { items, perSecond: (items * 1000) / ms, cpuMicros: (user + system) / items };
      figures.push({ sender: sender.name, signal, to: target.name, ...figure });
    }
  }
  return figures;
}

/** Undefined where no engine of the bench takes it (the push gateway's protocol). */
function targetOf(engines: BenchEngines, sender: Sender, signal: TelemetrySignal): Target | undefined {
  const { prometheus, loki, collector, tempo } = engines;
  if (sender.protocol === 'pushgateway') return undefined;
  if (sender.protocol.startsWith('prometheus-')) return { name: 'Prometheus', base: prometheus.url };
  if (sender.protocol.startsWith('loki-')) return { name: 'Loki', base: loki.url };
  const grpc = sender.protocol === 'otlp-grpc';
  const port = grpc ? 'otlpGrpc' : 'otlpHttp';
  if (signal === 'traces' && tempo !== undefined) {
    return { name: 'Tempo', base: `http://127.0.0.1:${tempo.ports[port]}` };
  }
  if (signal === 'metrics' && !grpc) return { name: 'Prometheus', base: `${prometheus.url}/api/v1/otlp` };
  if (signal === 'logs' && !grpc) return { name: 'Loki', base: `${loki.url}/otlp` };
  return { name: 'Collector', base: `http://127.0.0.1:${collector.ports[port]}` };
}

/** Ready-made, so that only encoding and pushing are timed. */
function payloads(signal: TelemetrySignal, runId: string, traces: number): readonly Payload[] {
  const t0Ms = storyStart(Date.now());
  if (signal === 'metrics') {
    return Array.from({ length: 1 + traces / 100 }, (_, index): Payload => {
      const { resources, metrics } = makeStory({ runId: `${runId}-${index}`, t0Ms });
      return { signal, resources, metrics };
    });
  }
  const resources = shopResources(runId);
  return Array.from(
    makeLoad({ runId, t0Ms, traces: traces + 100 }),
    ({ spans, logs }): Payload => (signal === 'traces' ? { signal, resources, spans } : { signal, resources, logs }),
  );
}
