import type { AttributeScope, Effect } from '../../facts.ts';
import { type AlloyBlock, attributeOf, blockOf, blocksOf } from '../../syntax/alloy/ast.ts';
import { booleanOf, listOf, numberOf, textOf } from '../../syntax/alloy/values.ts';
import type { Signal } from '../../types.ts';
import { type OttlContext, ottlEffects } from '../shared/ottl.ts';
import { lokiStageEffects } from './loki-stages.ts';
import type { AlloyComponent, AlloyScope } from './modules.ts';

/** What a component between receiver and exporter does to the data of one signal. */
export function effectsOf(component: AlloyComponent, signal: Signal): Effect[] {
  const run = EFFECTS[component.type];
  if (run !== undefined) return run(component, signal);
  const known = HARMLESS.has(component.type) || component.type.startsWith('otelcol.receiver.');
  return known ? [] : [{ kind: 'unknown', why: `what ${component.type} does is not computed` }];
}

/** Processors that change no datum which a query would see. */
const HARMLESS: ReadonlySet<string> = new Set([
  'loki.echo',
  'otelcol.processor.batch',
  'otelcol.processor.memory_limiter',
  'otelcol.processor.metric_start_time',
  'prometheus.echo',
]);

type EffectReader = (component: AlloyComponent, signal: Signal) => Effect[];

const EFFECTS: Readonly<Record<string, EffectReader>> = {
  'otelcol.processor.attributes': (component, signal) => {
    const { scope, block } = component;
    const selected = blockOf(block.body, 'include') ?? blockOf(block.body, 'exclude');
    if (selected !== undefined) return [{ kind: 'unknown', why: 'attributes of selected items only are changed' }];
    return blocksOf(block.body, 'action').map((action) => attributeAction(scope, action, ATTRIBUTES_OF[signal]));
  },
  'otelcol.processor.transform': ({ scope, block }, signal) => {
    const lists = blocksOf(block.body, `${TRANSFORM_NAMES[signal]}_statements`).flatMap((statements) => {
      const texts = listOf(scope.attribute(statements.body, 'statements')).map(textOf);
      const context = scope.text(statements.body, 'context') as OttlContext | undefined;
      const known = texts.filter((text) => text !== undefined);
      if (known.length < texts.length) return [{ kind: 'unknown', why: 'a statement is not known' } as const];
      const conditional = attributeOf(statements.body, 'conditions') !== undefined;
      return conditional ? known.map(notComputed) : ottlEffects(known, context);
    });
    const one = scope.attribute(block.body, 'statements');
    return one === undefined ? lists : [...lists, notComputed('statements')];
  },
  'otelcol.processor.filter': ({ scope, block }, signal) =>
    [`${signal}`, `${TRANSFORM_NAMES[signal]}_conditions`].flatMap((name) =>
      blocksOf(block.body, name).flatMap((filter) =>
        filter.body.flatMap((statement): Effect[] => {
          if (statement.kind !== 'attribute') return [];
          const conditions = listOf(scope.evaluate(statement.value));
          return conditions.map((condition) => ({
            kind: 'drop',
            what: `${statement.name}: ${textOf(condition) ?? 'a condition that is not known'}`,
          }));
        }),
      ),
    ),
  'otelcol.processor.probabilistic_sampler': ({ scope, block }) => {
    const percentage = scope.attribute(block.body, 'sampling_percentage');
    const ratio = percentage === undefined ? 0 : numberOf(percentage);
    if (ratio !== undefined && ratio >= 100) return [];
    return [ratio === undefined ? { kind: 'sample' } : { kind: 'sample', ratio: ratio / 100 }];
  },
  'otelcol.processor.tail_sampling': ({ scope, block }) => tailSampling(scope, blocksOf(block.body, 'policy')),
  'otelcol.processor.redaction': () => [{ kind: 'redact', what: 'attribute values' }],
  'otelcol.processor.groupbyattrs': ({ scope, block }) =>
    listOf(scope.attribute(block.body, 'keys')).length === 0
      ? []
      : [{ kind: 'unknown', why: 'attributes become resource attributes' }],
  'otelcol.connector.spanmetrics': ({ scope, block }) => {
    const into = scope.text(block.body, 'namespace') ?? 'traces.span.metrics';
    return [{ kind: 'derive', from: 'traces', to: 'metrics', into }];
  },
  'otelcol.connector.servicegraph': () => [
    { kind: 'derive', from: 'traces', to: 'metrics', into: 'traces_service_graph' },
  ],
  'otelcol.connector.spanlogs': () => [{ kind: 'derive', from: 'traces', to: 'logs' }],
  'otelcol.connector.count': (_, signal) => [{ kind: 'derive', from: signal, to: 'metrics' }],
  'otelcol.connector.signaltometrics': (_, signal) => [{ kind: 'derive', from: signal, to: 'metrics' }],
  'otelcol.connector.host_info': (_, signal) => [
    { kind: 'derive', from: signal, to: 'metrics', into: 'traces_host_info' },
  ],
  'otelcol.exporter.prometheus': ({ scope, block }) => {
    const all = booleanOf(scope.attribute(block.body, 'resource_to_telemetry_conversion')) === true;
    return all ? [{ kind: 'promote-label', attributes: ['*'] }] : [];
  },
  'otelcol.exporter.loki': () => [
    { kind: 'unknown', why: 'otelcol.exporter.loki writes the log record, attributes included, as JSON into the line' },
  ],
  'prometheus.relabel': relabelled,
  'loki.relabel': relabelled,
  'pyroscope.relabel': relabelled,
  'loki.process': ({ scope, block }) => lokiStageEffects(scope, block.body),
  'loki.secretfilter': () => [{ kind: 'redact', what: 'secrets in lines' }],
};

function notComputed(text: string): Effect {
  return { kind: 'unknown', why: `the statement ${text} is not computed` };
}

function attributeAction(scope: AlloyScope, action: AlloyBlock, where: AttributeScope): Effect {
  const key = scope.text(action.body, 'key');
  const kind = scope.text(action.body, 'action');
  const value = scope.text(action.body, 'value');
  if (key !== undefined && value !== undefined && (kind === 'insert' || kind === 'update' || kind === 'upsert')) {
    return { kind: 'set-attribute', scope: where, key, value, mode: kind };
  }
  if (key !== undefined && kind === 'delete' && attributeOf(action.body, 'pattern') === undefined) {
    return { kind: 'delete-attribute', scope: where, key };
  }
  if (key !== undefined && kind === 'hash') return { kind: 'redact', what: `the attribute ${key}` };
  return { kind: 'unknown', why: `the action "${kind ?? 'unknown'}" on ${key ?? 'some attributes'} is not computed` };
}

function tailSampling(scope: AlloyScope, policies: readonly AlloyBlock[]): Effect[] {
  const types = policies.map((policy) => scope.text(policy.body, 'type'));
  if (types.includes('always_sample')) return [];
  const [only] = policies;
  const probabilistic = only && blockOf(only.body, 'probabilistic');
  if (policies.length === 1 && types[0] === 'probabilistic' && probabilistic !== undefined) {
    const percentage = numberOf(scope.attribute(probabilistic.body, 'sampling_percentage'));
    if (percentage !== undefined) return percentage >= 100 ? [] : [{ kind: 'sample', ratio: percentage / 100 }];
  }
  return [{ kind: 'sample' }];
}

function relabelled({ scope, block }: AlloyComponent): Effect[] {
  return blocksOf(block.body, 'rule').map((rule): Effect => {
    const action = scope.text(rule.body, 'action')?.toLowerCase() ?? 'replace';
    const target = scope.text(rule.body, 'target_label');
    const replacement = scope.text(rule.body, 'replacement');
    const constant = listOf(scope.attribute(rule.body, 'source_labels')).length === 0 && !replacement?.includes('$');
    if (action === 'replace' && constant && target !== undefined && replacement !== undefined) {
      return { kind: 'set-attribute', scope: 'any', key: target, value: replacement, mode: 'upsert' };
    }
    if (['keep', 'drop', 'keepequal', 'dropequal'].includes(action))
      return { kind: 'drop', what: `${action} by label` };
    const regex = scope.text(rule.body, 'regex');
    if (action === 'labeldrop' && regex !== undefined && /^\w+$/.test(regex)) {
      return { kind: 'delete-attribute', scope: 'any', key: regex };
    }
    return { kind: 'unknown', why: `the relabelling rule "${action}" is not computed` };
  });
}

const TRANSFORM_NAMES: Readonly<Record<Signal, string>> = {
  metrics: 'metric',
  logs: 'log',
  traces: 'trace',
  profiles: 'profile',
};

const ATTRIBUTES_OF: Readonly<Record<Signal, AttributeScope>> = {
  metrics: 'datapoint',
  logs: 'log',
  traces: 'span',
  profiles: 'any',
};
