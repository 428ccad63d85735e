import type { Signal } from '../../types.ts';
import { COMPONENT_LIST, LAST_KNOWN_MINOR } from './component-list.ts';

export type Stability = 'ga' | 'preview' | 'experimental' | 'community' | 'gone';

/** What goes over a connection between two components. */
export type ConnectionKind = 'otelcol' | 'loki' | 'prometheus' | 'pyroscope' | 'targets' | 'handler' | 'other';

export interface ComponentType {
  readonly name: string;
  /** Names of what it exports. */
  readonly exports: readonly string[];
  /** Minor version of Alloy 1.x from which on it has that stability, ascending. */
  readonly history: readonly { readonly since: number; readonly stability: Stability }[];
}

let parsed: ReadonlyMap<string, ComponentType> | undefined;

/** All components of Alloy 1.0 to 1.19 by name. */
export function componentTypes(): ReadonlyMap<string, ComponentType> {
  parsed ??= new Map(
    COMPONENT_LIST.trim()
      .split('\n')
      .map((line) => {
        const [name = '', exported = '-', ...history] = line.split(' ');
        const type: ComponentType = {
          name,
          exports: exported === '-' ? [] : exported.split(','),
          history: history.map((step) => {
            const [since = '0', stability = 'ga'] = step.split(':');
            return { since: Number(since), stability: stability as Stability };
          }),
        };
        return [name, type] as const;
      }),
  );
  return parsed;
}

/** The stability in a minor version; undefined where the component came later. Versions after the tables': the last. */
export function stabilityIn(type: ComponentType, minor: number): Stability | undefined {
  return type.history.findLast((step) => step.since <= Math.min(minor, LAST_KNOWN_MINOR))?.stability;
}

/** What a component takes from what refers to it: the kind of one of its exports. */
export function kindOfExport(type: string, name: string): ConnectionKind {
  if (name === 'input') return 'otelcol';
  if (name === 'logs_receiver' || type === 'otelcol.receiver.loki') return 'loki';
  if (type === 'otelcol.receiver.prometheus') return 'prometheus';
  if (name === 'receiver') {
    const family = type.split('.')[0];
    if (family === 'loki' || family === 'prometheus' || family === 'pyroscope') return family;
  }
  if (name === 'targets' || (type.startsWith('discovery.') && name === 'output')) return 'targets';
  return name === 'handler' ? 'handler' : 'other';
}

/** The signals that a component takes over its `input`; where undefined, all that Alloy carries as OTLP. */
export function inputSignals(type: string): readonly Signal[] {
  return INPUT_SIGNALS[type] ?? ['metrics', 'logs', 'traces'];
}

const TRACES: readonly Signal[] = ['traces'];
const METRICS: readonly Signal[] = ['metrics'];
const INPUT_SIGNALS: Readonly<Record<string, readonly Signal[]>> = {
  'otelcol.connector.servicegraph': TRACES,
  'otelcol.connector.spanlogs': TRACES,
  'otelcol.connector.spanmetrics': TRACES,
  'otelcol.exporter.loki': ['logs'],
  'otelcol.exporter.prometheus': METRICS,
  'otelcol.exporter.faro': ['logs', 'traces'],
  'otelcol.processor.cumulativetodelta': METRICS,
  'otelcol.processor.deltatocumulative': METRICS,
  'otelcol.processor.interval': METRICS,
  'otelcol.processor.metric_start_time': METRICS,
  'otelcol.processor.probabilistic_sampler': ['logs', 'traces'],
  'otelcol.processor.span': TRACES,
  'otelcol.processor.tail_sampling': TRACES,
};
