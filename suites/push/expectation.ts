import type { Probe } from '../../helpers/telemetry/probe/probe.ts';
import { expectedSeries } from '../../helpers/telemetry/story/expected.ts';
import type { PrometheusSeries } from '../../helpers/telemetry/translation/prometheus.ts';
import type { LogRecord, Span } from '../../helpers/telemetry/types.ts';
import type { Effect } from '../../stack/definition/facts.ts';
import type { IngestRoute, RouteEnd } from './routes.ts';
import { transformed } from './transformed.ts';

/** What must come out of a route, and how closely it can be held against what was sent. */
export interface Expectation {
  readonly series: number;
  readonly lines: number;
  readonly spans: number;
  /** `values`: datum by datum; `identity`: that it came, since the gateway changes it in ways that are not computed. */
  readonly closeness: 'values' | 'identity';
  /** For `identity`: what the gateway does. */
  readonly why?: string;
  /** True: a sampler may rightly drop all of it. */
  readonly sampled: boolean;
  readonly metrics: readonly PrometheusSeries[];
  readonly logs: readonly LogRecord[];
  readonly traces: readonly Span[];
}

/** The probe after the transformations that the gateways on its way declare. */
export function expectationOf(route: IngestRoute, end: RouteEnd, probe: Probe): Expectation {
  const effects = end.processors.flatMap((processor) => processor.effects);
  const source = transformed(probe, effects);
  const obscure = effects.find(isObscure);
  const sampled = route.signal === 'traces' && effects.some((effect) => effect.kind === 'sample' && effect.ratio !== 1);
  // `target_info` carries no attribute of the probe's points, so it is not counted.
  const metrics = expectedSeries(source, { targetInfo: false });
  const identityOnly = obscure !== undefined;
  return {
    series: identityOnly ? 1 : metrics.length,
    lines: identityOnly ? 1 : source.logs.length,
    spans: sampled ? 0 : identityOnly ? 1 : source.spans.length,
    closeness: identityOnly ? 'identity' : 'values',
    ...(obscure === undefined ? {} : { why: describe(obscure) }),
    sampled,
    metrics,
    logs: source.logs,
    traces: source.spans,
  };
}

function isObscure(effect: Effect): boolean {
  return effect.kind === 'unknown' || effect.kind === 'drop' || effect.kind === 'redact';
}

function describe(effect: Effect): string {
  switch (effect.kind) {
    case 'unknown':
      return effect.why;
    case 'drop':
      return `it drops ${effect.what}`;
    case 'redact':
      return `it redacts ${effect.what}`;
    default:
      return `it does ${effect.kind}`;
  }
}
