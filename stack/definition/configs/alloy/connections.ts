import type { Position } from '../../position.ts';
import { type AlloyStatement, attributeOf, blockOf } from '../../syntax/alloy/ast.ts';
import type { AlloyValue } from '../../syntax/alloy/values.ts';
import type { Signal } from '../../types.ts';
import type { ConnectionKind } from './components.ts';
import type { AlloyComponent, AlloyScope } from './modules.ts';

/** One attribute through which a component hands data on. */
export interface Outlet {
  /** As in the file: `output.traces`, `forward_to`. */
  readonly attribute: string;
  readonly signal: Signal;
  /** What the other end must be. */
  readonly kind: ConnectionKind;
  readonly at: Position;
  readonly targets: readonly OutletTarget[];
  /** True: the attribute is not there. */
  readonly absent: boolean;
}

export type OutletTarget =
  | { readonly component: AlloyComponent; readonly exported: string; readonly at: Position }
  /** Something that the files do not tell, or that does not exist. */
  | { readonly component?: undefined; readonly why: string; readonly missing: boolean; readonly at: Position };

const OUTPUT_SIGNALS: readonly Signal[] = ['metrics', 'logs', 'traces'];

/** Where a component hands its data on; empty for components that keep or send them away. */
export function outletsOf(component: AlloyComponent): Outlet[] {
  const { block, scope, type } = component;
  if (component.inner !== undefined) return [];
  const outlets: Outlet[] = [];
  const output = blockOf(block.body, 'output');
  if (output !== undefined) {
    for (const signal of OUTPUT_SIGNALS) {
      if (!outputSignals(type).includes(signal)) continue;
      const kind = type === 'faro.receiver' && signal === 'logs' ? 'loki' : 'otelcol';
      outlets.push(outlet(scope, output.body, signal, { attribute: `output.${signal}`, signal, kind, at: output.at }));
    }
  }
  const forward = FORWARDED[type] ?? FORWARDED[type.split('.')[0] ?? ''];
  if (attributeOf(block.body, 'forward_to') !== undefined && forward !== undefined) {
    outlets.push(outlet(scope, block.body, 'forward_to', { attribute: 'forward_to', at: block.at, ...forward }));
  }
  return outlets;
}

/** Where `logging` and `tracing` send Alloy's own telemetry. */
export function ownTelemetry(scope: AlloyScope): Outlet[] {
  return [['logging', 'logs', 'loki'] as const, ['tracing', 'traces', 'otelcol'] as const].flatMap(
    ([name, signal, kind]) => {
      const block = blockOf(scope.body, name);
      if (block === undefined || attributeOf(block.body, 'write_to') === undefined) return [];
      return [outlet(scope, block.body, 'write_to', { attribute: `${name}.write_to`, signal, kind, at: block.at })];
    },
  );
}

/** Signals that may come out of the component's `output` block. */
function outputSignals(type: string): readonly Signal[] {
  return OUTPUTS_ONLY[type] ?? OUTPUT_SIGNALS;
}

function outlet(
  scope: AlloyScope,
  body: readonly AlloyStatement[],
  name: string,
  known: Omit<Outlet, 'targets' | 'absent'>,
): Outlet {
  const attribute = attributeOf(body, name);
  if (attribute === undefined) return { ...known, targets: [], absent: true };
  const targets = targetsOf(scope.evaluate(attribute.value), scope);
  return { ...known, at: attribute.at, targets, absent: false };
}

function targetsOf(value: AlloyValue, scope: AlloyScope): OutletTarget[] {
  switch (value.kind) {
    case 'list':
      return value.items.flatMap((item) => targetsOf(item, scope));
    case 'reference': {
      const found = scope.resolve(value.path);
      if (found === undefined || found === 'opaque') {
        const why = `${value.path.join('.')} does not exist`;
        return [{ why, missing: found === undefined, at: value.at }];
      }
      return [{ component: found.component, exported: found.rest[0] ?? '', at: value.at }];
    }
    case 'unknown':
      return [{ why: value.why, missing: false, at: value.at }];
    default:
      return [];
  }
}

const FORWARDED: Readonly<Record<string, { signal: Signal; kind: ConnectionKind }>> = {
  database_observability: { signal: 'logs', kind: 'loki' },
  loki: { signal: 'logs', kind: 'loki' },
  'otelcol.exporter.loki': { signal: 'logs', kind: 'loki' },
  'otelcol.exporter.prometheus': { signal: 'metrics', kind: 'prometheus' },
  prometheus: { signal: 'metrics', kind: 'prometheus' },
  pyroscope: { signal: 'profiles', kind: 'pyroscope' },
};

const OUTPUTS_ONLY: Readonly<Record<string, readonly Signal[]>> = {
  'beyla.ebpf': ['traces'],
  'faro.receiver': ['logs', 'traces'],
  'otelcol.connector.count': ['metrics'],
  'otelcol.connector.host_info': ['metrics'],
  'otelcol.connector.servicegraph': ['metrics'],
  'otelcol.connector.signaltometrics': ['metrics'],
  'otelcol.connector.spanlogs': ['logs'],
  'otelcol.connector.spanmetrics': ['metrics'],
  'otelcol.processor.cumulativetodelta': ['metrics'],
  'otelcol.processor.deltatocumulative': ['metrics'],
  'otelcol.processor.interval': ['metrics'],
  'otelcol.processor.metric_start_time': ['metrics'],
  'otelcol.processor.probabilistic_sampler': ['logs', 'traces'],
  'otelcol.processor.span': ['traces'],
  'otelcol.processor.tail_sampling': ['traces'],
  'otelcol.receiver.awscloudwatch': ['logs'],
  'otelcol.receiver.awsecscontainermetrics': ['metrics'],
  'otelcol.receiver.cloudflare': ['logs'],
  'otelcol.receiver.faro': ['logs', 'traces'],
  'otelcol.receiver.filelog': ['logs'],
  'otelcol.receiver.file_stats': ['metrics'],
  'otelcol.receiver.fluentforward': ['logs'],
  'otelcol.receiver.influxdb': ['metrics'],
  'otelcol.receiver.jaeger': ['traces'],
  'otelcol.receiver.loki': ['logs'],
  'otelcol.receiver.nginx': ['metrics'],
  'otelcol.receiver.opencensus': ['metrics', 'traces'],
  'otelcol.receiver.prometheus': ['metrics'],
  'otelcol.receiver.solace': ['traces'],
  'otelcol.receiver.splunkhec': ['metrics', 'logs'],
  'otelcol.receiver.syslog': ['logs'],
  'otelcol.receiver.tcplog': ['logs'],
  'otelcol.receiver.vcenter': ['metrics'],
  'otelcol.receiver.zipkin': ['traces'],
};
