import { isDeepStrictEqual } from 'node:util';
import type { Observer } from '../helpers/clients/http-types.ts';
import { LokiClient } from '../helpers/clients/loki.ts';
import { PrometheusClient } from '../helpers/clients/prometheus.ts';
import { TempoClient } from '../helpers/clients/tempo.ts';

export type Language = 'PromQL' | 'LogQL' | 'TraceQL';

/** One question to an engine and the whole of its right answer. */
export interface Assertion {
  readonly language: Language;
  readonly query: string;
  /** Asks, decodes, compares. Rejects where the answer is another than the story's. */
  readonly hold: (clients: Clients) => Promise<void>;
}

export interface Clients {
  readonly prometheus: PrometheusClient;
  readonly loki: LokiClient;
  readonly tempo: TempoClient;
}

export interface EngineUrls {
  readonly prometheus: string;
  readonly loki: string;
  /** Undefined where there is no Tempo on this machine. */
  readonly tempo: string | undefined;
}

/** @param observer sees what goes over the wire; leave it out where time is taken. */
export function clientsFor(urls: EngineUrls, observer?: Observer): Clients {
  const options = (baseUrl: string) => ({
    baseUrl,
    timeoutMs: 60_000,
    ...(observer === undefined ? {} : { observer }),
  });
  return {
    prometheus: new PrometheusClient(options(urls.prometheus)),
    loki: new LokiClient(options(urls.loki)),
    tempo: new TempoClient(options(urls.tempo ?? 'http://127.0.0.1:1')),
  };
}

/** @throws Error that shows both, where the two are not equal to the last bit. */
export function mustEqual(query: string, got: unknown, want: unknown): void {
  if (isDeepStrictEqual(got, want)) return;
  throw new Error(`${query} answered ${show(got)} in place of ${show(want)}`);
}

function show(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item));
  return text.length <= 2000 ? text : `${text.slice(0, 2000)}…`;
}

/** Round and round. @throws RangeError for an empty list. */
export function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('The story has none of these.');
  return item;
}
