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
  /** Present: a sampler or filter may rightly drop all of it; which one, as a clause. */
  readonly mayVanish?: string;
  readonly metrics: readonly PrometheusSeries[];
  readonly logs: readonly LogRecord[];
  readonly traces: readonly Span[];
}

/** The probe after the transformations that the gateways on its way declare. */
export function expectationOf(route: IngestRoute, end: RouteEnd, probe: Probe): Expectation {
  const effects = end.processors.flatMap((processor) => processor.effects);
  const source = transformed(probe, effects);
  const obscure = effects.find(isObscure);
  const mayVanish = vanishing(effects, route.signal);
  // `target_info` carries no attribute of the probe's points, so it is not counted.
  const metrics = expectedSeries(source, { targetInfo: false });
  const identityOnly = obscure !== undefined;
  return {
    series: mayVanish ? 0 : identityOnly ? 1 : metrics.length,
    lines: mayVanish ? 0 : identityOnly ? 1 : source.logs.length,
    spans: mayVanish ? 0 : identityOnly ? 1 : source.spans.length,
    closeness: identityOnly ? 'identity' : 'values',
    ...(obscure === undefined ? {} : { why: describe(obscure) }),
    ...(mayVanish === undefined ? {} : { mayVanish }),
    metrics,
    logs: source.logs,
    traces: source.spans,
  };
}

/** Which sampler or filter may rightly drop a probe altogether. */
function vanishing(effects: readonly Effect[], signal: IngestRoute['signal']): string | undefined {
  for (const effect of effects) {
    if (effect.kind === 'sample' && signal === 'traces' && effect.ratio !== 1)
      return 'a sampler may drop a single trace';
    if (effect.kind === 'drop' && !sparesProbes(effect.what)) return `it drops ${effect.what}`;
  }
  return undefined;
}

/** Text of probes that a condition could be about; attributes of theirs have values of no one else. */
const PROBE_WORDS = ['telltale-probe', 'telltale_probe_orders_total', 'telltale_probe_level', 'probe', 'probe.work'];

/**
 * True where each alternative of a filter's condition demands a value that no probe has: `attributes["path"] ==
 * "/healthz"`, `IsMatch(name, "GET /ready.*")`, a severity below INFO. Any other condition may mean probes too.
 */
export function sparesProbes(condition: string): boolean {
  return condition
    .replace(/^\w+: /, '')
    .split(/\s+or\s+/)
    .every((alternative) => {
      if (/\bnot\b|!=|==\s*nil/.test(alternative)) return false;
      const equal = /==\s*"([^"]+)"/.exec(alternative)?.[1];
      if (equal !== undefined) return !PROBE_WORDS.includes(equal);
      const pattern = /IsMatch\([^,]+,\s*"((?:[^"\\]|\\.)+)"\)/.exec(alternative)?.[1];
      if (pattern !== undefined) return matchesNoProbe(pattern);
      return /severity_number\s*<=?\s*SEVERITY_NUMBER_(TRACE|DEBUG)\d?\b|severity_number\s*<\s*SEVERITY_NUMBER_INFO\b/.test(
        alternative,
      );
    });
}

function matchesNoProbe(pattern: string): boolean {
  try {
    const expression = new RegExp(pattern.replaceAll('\\\\', '\\'));
    return !['', ...PROBE_WORDS].some((word) => expression.test(word));
  } catch {
    return false;
  }
}

/** A filter that spares probes changes nothing of them. */
function isObscure(effect: Effect): boolean {
  if (effect.kind === 'drop') return !sparesProbes(effect.what);
  return effect.kind === 'unknown' || effect.kind === 'redact';
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
