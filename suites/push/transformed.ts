import type { TelemetrySource } from '../../helpers/telemetry/payload.ts';
import type { Attributes, AttributeValue, Metric, MetricData, PointBase } from '../../helpers/telemetry/types.ts';
import type { AttributeScope, Effect } from '../../stack/definition/facts.ts';

type AttributeEffect = Extract<Effect, { readonly scope: AttributeScope }>;

/** Telemetry after the computable effects of a pipeline, in their order; others leave it as it is. */
export function transformed(source: TelemetrySource, effects: readonly Effect[]): TelemetrySource {
  let telemetry = source;
  for (const effect of effects) {
    if (effect.kind === 'rename-metric') {
      const metrics = telemetry.metrics.map((metric) => renamed(metric, effect));
      telemetry = { ...telemetry, metrics };
    } else if (isAttributeEffect(effect)) telemetry = withAttributes(telemetry, effect);
  }
  return telemetry;
}

function isAttributeEffect(effect: Effect): effect is AttributeEffect {
  return effect.kind === 'set-attribute' || effect.kind === 'delete-attribute' || effect.kind === 'rename-attribute';
}

function renamed(metric: Metric, effect: { readonly from: string; readonly to: string }): Metric {
  // An exporter's namespace goes before every name: `*` to `shop_*`.
  if (effect.from === '*') return { ...metric, name: effect.to.replace('*', metric.name) };
  return metric.name === effect.from ? { ...metric, name: effect.to } : metric;
}

function withAttributes(telemetry: TelemetrySource, effect: AttributeEffect): TelemetrySource {
  const on = (scope: AttributeScope) => effect.scope === scope || effect.scope === 'any';
  const change = (attributes: Attributes) => changed(attributes, effect);
  return {
    resources: on('resource')
      ? telemetry.resources.map((one) => ({ ...one, attributes: change(one.attributes) }))
      : telemetry.resources,
    metrics: on('datapoint')
      ? telemetry.metrics.map((metric) => ({ ...metric, data: mapPoints(metric.data, change) }))
      : telemetry.metrics,
    logs: on('log') ? telemetry.logs.map((log) => ({ ...log, attributes: change(log.attributes) })) : telemetry.logs,
    spans: on('span')
      ? telemetry.spans.map((span) => ({ ...span, attributes: change(span.attributes) }))
      : telemetry.spans,
  };
}

function mapPoints(data: MetricData, change: (attributes: Attributes) => Attributes): MetricData {
  const each = <P extends PointBase>(points: readonly P[]): readonly P[] =>
    points.map((point) => ({ ...point, attributes: change(point.attributes) }));
  switch (data.kind) {
    case 'counter':
    case 'gauge':
      return { ...data, points: each(data.points) };
    case 'histogram':
      return { ...data, points: each(data.points) };
    case 'exponential-histogram':
      return { ...data, points: each(data.points) };
    case 'summary':
      return { ...data, points: each(data.points) };
  }
}

function changed(attributes: Attributes, effect: AttributeEffect): Attributes {
  const copy: Record<string, AttributeValue> = { ...attributes };
  switch (effect.kind) {
    case 'set-attribute': {
      const has = effect.key in copy;
      if ((effect.mode === 'insert' && has) || (effect.mode === 'update' && !has)) return attributes;
      copy[effect.key] = effect.value;
      return copy;
    }
    case 'delete-attribute':
      delete copy[effect.key];
      return copy;
    case 'rename-attribute': {
      const value = copy[effect.from];
      if (value === undefined) return attributes;
      delete copy[effect.from];
      copy[effect.to] = value;
      return copy;
    }
  }
}
