import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { AttributeScope, Effect } from '../../facts.ts';
import type { Signal } from '../../types.ts';
import { type OttlContext, ottlEffects } from '../shared/ottl.ts';
import type { Component } from './model.ts';

/** Processors that change nothing which a query would notice. */
const HARMLESS = new Set(['batch', 'memorylimiter', 'groupbytrace', 'queuedretry', 'isolationforest']);

/** What a processor does to the data of one signal. */
export function processorEffects(component: Component, signal: Signal): Effect[] {
  if (HARMLESS.has(component.type)) return [];
  const read = READERS[component.type];
  return read === undefined
    ? [unknown(`what the processor ${component.id} does is not computed`)]
    : read(component.node, signal);
}

type EffectReader = (node: ConfigNode, signal: Signal) => Effect[];

const ATTRIBUTES_OF: Readonly<Record<Signal, AttributeScope>> = {
  traces: 'span',
  logs: 'log',
  metrics: 'datapoint',
  profiles: 'any',
};

const SINGULAR: Readonly<Record<Signal, string>> = {
  traces: 'trace',
  logs: 'log',
  metrics: 'metric',
  profiles: 'profile',
};

const READERS: Readonly<Record<string, EffectReader>> = {
  attributes: (node, signal) => {
    if (nodeAt(node, 'include') !== undefined || nodeAt(node, 'exclude') !== undefined) {
      return [unknown('attributes of selected items only are changed')];
    }
    return itemsOf(nodeAt(node, 'actions')).map((action) => attributeAction(action, ATTRIBUTES_OF[signal]));
  },
  resource: (node) => itemsOf(nodeAt(node, 'attributes')).map((action) => attributeAction(action, 'resource')),
  transform: (node, signal) => transformEffects(itemsOf(nodeAt(node, `${SINGULAR[signal]}_statements`))),
  filter: (node, signal) => [
    ...filterConditions(nodeAt(node, signal)),
    ...filterConditions(nodeAt(node, `${SINGULAR[signal]}_conditions`)),
  ],
  probabilisticsampler: (node) => {
    const percentage = Number(textAt(node, 'sampling_percentage') ?? 0);
    if (percentage >= 100) return [];
    return [Number.isNaN(percentage) ? { kind: 'sample' } : { kind: 'sample', ratio: percentage / 100 }];
  },
  tailsampling: (node) => {
    const policies = itemsOf(nodeAt(node, 'policies'));
    if (policies.some((policy) => textAt(policy, 'type') === 'always_sample')) return [];
    const [only] = policies;
    if (policies.length === 1 && textAt(only, 'type') === 'probabilistic') {
      const percentage = Number(textAt(only, 'probabilistic', 'sampling_percentage') ?? 0);
      return percentage >= 100 ? [] : [{ kind: 'sample', ratio: percentage / 100 }];
    }
    return [{ kind: 'sample' }];
  },
  redaction: () => [{ kind: 'redact', what: 'attribute values' }],
  groupbyattrs: (node) =>
    itemsOf(nodeAt(node, 'keys')).length === 0 ? [] : [unknown('attributes become resource attributes')],
  cumulativetodelta: (_, signal) => (signal === 'metrics' ? [unknown('cumulative metrics become deltas')] : []),
  metricstransform: (node) => itemsOf(nodeAt(node, 'transforms')).map(metricTransform),
};

function unknown(why: string): Effect {
  return { kind: 'unknown', why };
}

function attributeAction(node: ConfigNode, scope: AttributeScope): Effect {
  const action = textAt(node, 'action') ?? '';
  const key = textAt(node, 'key');
  if (action === 'delete' && key !== undefined) return { kind: 'delete-attribute', scope, key };
  if (action === 'hash') return { kind: 'redact', what: `the attribute ${key ?? ''} is hashed` };
  const value = textAt(node, 'value');
  const computed = nodeAt(node, 'from_attribute') ?? nodeAt(node, 'from_context');
  if (
    (action === 'insert' || action === 'update' || action === 'upsert') &&
    key !== undefined &&
    value !== undefined &&
    computed === undefined
  ) {
    return { kind: 'set-attribute', scope, key, value, mode: action };
  }
  return unknown(`the action ${action} on ${key ?? 'attributes by pattern'} is not computed`);
}

/** Statements of the transform processor: plain ones, which belong together, and groups under a context. */
function transformEffects(entries: readonly ConfigNode[]): Effect[] {
  const plain = entries.filter((entry) => entry.kind === 'scalar').map((entry) => textAt(entry) ?? '');
  const groups = entries.filter((entry) => entry.kind === 'map');
  return [...ottlEffects(plain), ...groups.flatMap(groupEffects)];
}

function groupEffects(node: ConfigNode): Effect[] {
  const statements = itemsOf(nodeAt(node, 'statements')).map((item) => textAt(item) ?? '');
  if (itemsOf(nodeAt(node, 'conditions')).length > 0) {
    return statements.map((statement) => unknown(`the statement ${statement} has conditions`));
  }
  return ottlEffects(statements, textAt(node, 'context') as OttlContext | undefined);
}

function filterConditions(node: ConfigNode | undefined): Effect[] {
  const own = itemsOf(node).map(
    (item) =>
      textAt(item) ??
      itemsOf(nodeAt(item, 'conditions'))
        .map((one) => textAt(one))
        .join(' or '),
  );
  const nested = entriesOf(node).flatMap(([key, entry]) =>
    entry.node.kind === 'list' ? itemsOf(entry.node).map((item) => `${key}: ${textAt(item) ?? ''}`) : [key],
  );
  return [...own, ...nested].map((what) => ({ kind: 'drop', what }));
}

function metricTransform(node: ConfigNode): Effect {
  const from = textAt(node, 'include');
  const to = textAt(node, 'new_name');
  const strict = (textAt(node, 'match_type') ?? 'strict') === 'strict';
  if (
    from !== undefined &&
    to !== undefined &&
    strict &&
    textAt(node, 'action') === 'update' &&
    nodeAt(node, 'operations') === undefined
  ) {
    return { kind: 'rename-metric', from, to };
  }
  return unknown('a metric transformation is not computed');
}

/** What a connector makes of a signal, or undefined for one that hands it on as it is. */
export function connectorEffect(component: Component, from: Signal, to: Signal): Effect | undefined {
  const into = textAt(component.node, 'namespace');
  if (component.type === 'spanmetrics') return { kind: 'derive', from, to, into: into ?? 'traces.span.metrics' };
  if (component.type === 'servicegraph') return { kind: 'derive', from, to, into: 'traces_service_graph' };
  if (from !== to) return { kind: 'derive', from, to };
  if (component.type === 'forward') return undefined;
  return unknown(`what the connector ${component.id} hands on is not computed`);
}

/** What an exporter changes on the way out. */
export function exporterEffects(component: Component): Effect[] {
  if (!['prometheusremotewrite', 'prometheus'].includes(component.type)) return [];
  const effects: Effect[] = [];
  const { node } = component;
  if (textAt(node, 'resource_to_telemetry_conversion', 'enabled') === 'true') {
    effects.push({ kind: 'promote-label', attributes: ['*'] });
  }
  const fixed = nodeAt(node, component.type === 'prometheus' ? 'const_labels' : 'external_labels');
  for (const [key, entry] of entriesOf(fixed)) {
    const value = textAt(entry.node) ?? '';
    effects.push({ kind: 'set-attribute', scope: 'datapoint', key, value, mode: 'upsert' });
  }
  const namespace = textAt(node, 'namespace') ?? '';
  if (namespace !== '') effects.push({ kind: 'rename-metric', from: '*', to: `${namespace}_*` });
  return effects;
}
