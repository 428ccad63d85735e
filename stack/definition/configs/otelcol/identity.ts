import { type ConfigNode, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Position } from '../../position.ts';
import type { FindingList } from '../shared/findings.ts';
import type { CollectorModel, Component, PipelineNode } from './model.ts';

/** What joins the signals to each other. */
const IDENTITY = ['service.name', 'trace_id', 'span_id'];

/** Receivers through which many services send; those that read one source are named by their pipeline rightly. */
const SHARED_RECEIVERS = new Set(['otlp', 'zipkin', 'jaeger', 'opencensus', 'kafka', 'loki']);

/**
 * Processors that let nothing through, and such as take from all telemetry what tells services apart and joins the
 * signals: the name of the service, trace and span id. What has a condition is left to those who wrote it.
 */
export function checkIdentity(model: CollectorModel, findings: FindingList): void {
  for (const component of model.components.processors.values()) {
    const uses = model.pipelines.filter((pipeline) => pipeline.processors.some(({ id }) => id === component.id));
    if (uses.length === 0) continue;
    if (component.type === 'probabilisticsampler' || component.type === 'tailsampling') {
      reportNothingLeft(component, findings);
      continue;
    }
    if (component.type === 'filter') {
      reportTautologies(component, uses, findings);
      continue;
    }
    const shared = uses.filter((pipeline) => takesFromMany(model, pipeline));
    if (shared.length === 0) continue;
    for (const { key, at, how } of losses(component)) {
      findings.error(
        'PIPELINE-IDENTITY',
        at,
        `${component.id} ${how} ${key} of everything that goes through ${shared.map(({ id }) => id).join(', ')}: ${
          key === 'service.name' ? 'services can no longer be told apart' : 'logs and traces can no longer be joined'
        }.`,
        `Leave ${key} as it is${how.startsWith('sets') ? ', or set it with the action insert, for those that have none' : ''}.`,
      );
    }
  }
}

function takesFromMany(model: CollectorModel, pipeline: PipelineNode): boolean {
  return pipeline.receivers.some(({ id }) => {
    const type = model.components.receivers.get(id)?.type;
    return type !== undefined && SHARED_RECEIVERS.has(type);
  });
}

function reportNothingLeft({ id, type, node, at }: Component, findings: FindingList): void {
  const none = type === 'probabilisticsampler' ? zeroAt(node, at) : zeroPolicies(node);
  if (none === undefined) return;
  findings.error(
    'PIPELINE-DROPS-ALL',
    none,
    `${id} samples 0 %: nothing gets through.`,
    'Set sampling_percentage to what is to be kept, or remove the processor.',
  );
}

/** Without the key it is 0 as well. */
function zeroAt(node: ConfigNode | undefined, at: Position): Position | undefined {
  const percentage = nodeAt(node, 'sampling_percentage');
  if (percentage === undefined) return node?.kind === 'map' || node === undefined ? at : undefined;
  return percentage.kind === 'scalar' && (percentage.value === 0 || percentage.value === null)
    ? percentage.at
    : undefined;
}

function zeroPolicies(node: ConfigNode): Position | undefined {
  const policies = itemsOf(nodeAt(node, 'policies'));
  const zeros = policies.map((policy) =>
    textAt(policy, 'type') === 'probabilistic' ? zeroAt(nodeAt(policy, 'probabilistic'), policy.at) : undefined,
  );
  return zeros.every((one) => one !== undefined) ? zeros[0] : undefined;
}

/** Conditions that hold for every item: dropping on them drops all. */
const ALWAYS: readonly RegExp[] = [
  /^true$/,
  /^(\d+)\s*==\s*\1$/,
  /^IsMatch\(\s*(?:metric\.|span\.|log\.|log_record\.)?(?:name|body)\s*,\s*"\^?(?:\.[*+]?)?\$?"\s*\)$/,
  /^(?:metric\.|span\.)?name\s*!=\s*""$/,
  /^(?:log\.)?severity_number\s*(?:<\s*(?:2[5-9]|[3-9]\d)|<=\s*(?:2[4-9]|[3-9]\d)|>=\s*0|>\s*-\d+)$/,
];

function reportTautologies({ id, node }: Component, uses: readonly PipelineNode[], findings: FindingList): void {
  for (const signal of new Set(uses.map((pipeline) => pipeline.signal))) {
    const lists = [
      ...['metric', 'datapoint', 'span', 'log_record'].map((kind) => nodeAt(node, signal, kind)),
      nodeAt(node, `${signal.replace(/s$/, '')}_conditions`),
    ];
    const all = lists.flatMap(itemsOf).find((item) => {
      const condition = (textAt(item) ?? '').trim().replace(/^\((.*)\)$/s, '$1');
      return condition.split(/\s+or\s+/).some((part) => ALWAYS.some((always) => always.test(part.trim())));
    });
    if (all === undefined) continue;
    findings.error(
      'PIPELINE-DROPS-ALL',
      all.at,
      `${id} drops all ${signal} of ${uses
        .filter((pipeline) => pipeline.signal === signal)
        .map((pipeline) => pipeline.id)
        .join(', ')}: its condition ${textAt(all) ?? ''} always holds.`,
      'Write a condition that holds only for what is to be dropped.',
    );
  }
}

interface Loss {
  readonly key: string;
  readonly at: Position;
  readonly how: string;
}

function losses({ type, node }: Component): Loss[] {
  if (nodeAt(node, 'include') !== undefined || nodeAt(node, 'exclude') !== undefined) return [];
  if (type === 'resource') return actions(node, 'attributes');
  if (type === 'attributes') return actions(node, 'actions').filter(({ key }) => key !== 'service.name');
  return type === 'transform' ? statements(node) : [];
}

function actions(node: ConfigNode, list: string): Loss[] {
  return itemsOf(nodeAt(node, list)).flatMap((item): Loss[] => {
    const key = textAt(item, 'key') ?? '';
    if (!IDENTITY.includes(key)) return [];
    const at = nodeAt(item, 'key')?.at ?? item.at;
    const action = textAt(item, 'action');
    if (action === 'delete') return [{ key, at, how: 'deletes' }];
    const fixed = nodeAt(item, 'value') !== undefined;
    return fixed && (action === 'upsert' || action === 'update') ? [{ key, at, how: 'sets to one value the' }] : [];
  });
}

const SET = /^\s*set\s*\(\s*([\w.]+(?:\[\s*"[^"]+"\s*\])?)\s*,\s*("[^"]*"|(?:Trace|Span)ID\([^()]*\)|nil)\s*\)\s*$/;
const DELETE = /^\s*delete_key\s*\(\s*([\w.]+)\s*,\s*"([^"]+)"\s*\)\s*$/;

function statements(node: ConfigNode): Loss[] {
  return ['trace', 'metric', 'log'].flatMap((signal) =>
    itemsOf(nodeAt(node, `${signal}_statements`)).flatMap((entry): Loss[] => {
      if (entry.kind !== 'map') return statement(entry, '');
      if (itemsOf(nodeAt(entry, 'conditions')).length > 0) return [];
      const context = textAt(entry, 'context') ?? '';
      return itemsOf(nodeAt(entry, 'statements')).flatMap((item) => statement(item, context));
    }),
  );
}

function statement(node: ConfigNode, context: string): Loss[] {
  const text = textAt(node) ?? '';
  const set = SET.exec(text);
  if (set !== null) {
    const key = keyOf(set[1] ?? '', context);
    return key === undefined ? [] : [{ key, at: node.at, how: 'sets to one value the' }];
  }
  const deleted = DELETE.exec(text);
  if (deleted === null) return [];
  const key = keyOf(`${deleted[1]}["${deleted[2]}"]`, context);
  return key === undefined ? [] : [{ key, at: node.at, how: 'deletes' }];
}

/** `log.trace_id`, `resource.attributes["service.name"]`, and the same without what the context says. */
function keyOf(path: string, context: string): string | undefined {
  const field = /^(?:log\.|span\.)?(trace_id|span_id)$/.exec(path)?.[1];
  if (field !== undefined) return field;
  const resource =
    context === 'resource' ? /^(?:resource\.)?attributes\["([^"]+)"\]$/ : /^resource\.attributes\["([^"]+)"\]$/;
  const key = resource.exec(path)?.[1];
  return key === 'service.name' ? key : undefined;
}
