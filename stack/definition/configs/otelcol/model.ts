import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Position } from '../../position.ts';
import type { Signal } from '../../types.ts';

export type ComponentKind = 'receivers' | 'processors' | 'exporters' | 'connectors' | 'extensions';

/** A component as the configuration names it. */
export interface Component {
  readonly id: string;
  /** Without underscores, so that `otlp_http` and `otlphttp`, old and new name, are one: see `componentType`. */
  readonly type: string;
  readonly at: Position;
  readonly node: ConfigNode;
}

export interface PipelineNode {
  readonly id: string;
  readonly signal: Signal;
  readonly at: Position;
  readonly node: ConfigNode;
  readonly receivers: readonly Reference[];
  readonly processors: readonly Reference[];
  readonly exporters: readonly Reference[];
}

export interface Reference {
  readonly id: string;
  readonly at: Position;
}

/** A Collector's configuration, taken apart. */
export interface CollectorModel {
  readonly root: ConfigNode;
  readonly components: Readonly<Record<ComponentKind, ReadonlyMap<string, Component>>>;
  readonly pipelines: readonly PipelineNode[];
  /** Extensions that are switched on. */
  readonly enabled: readonly Reference[];
}

/** Types were renamed to names with underscores over the versions; `otlp_grpc` was `otlp`. */
export function componentType(id: string): string {
  const type = (id.split('/')[0] ?? '').trim().replaceAll('_', '').toLowerCase();
  return type === 'otlpgrpc' ? 'otlp' : type;
}

const SIGNALS: readonly string[] = ['metrics', 'logs', 'traces', 'profiles'];

export function readModel(root: ConfigNode): CollectorModel {
  const components = (kind: ComponentKind): ReadonlyMap<string, Component> =>
    new Map(
      entriesOf(nodeAt(root, kind)).map(([id, entry]) => [
        id,
        { id, type: componentType(id), at: entry.keyAt, node: entry.node },
      ]),
    );
  const pipelines: PipelineNode[] = [];
  for (const [id, entry] of entriesOf(nodeAt(root, 'service', 'pipelines'))) {
    const signal = id.split('/')[0] ?? '';
    if (!SIGNALS.includes(signal)) continue;
    pipelines.push({
      id,
      signal: signal as Signal,
      at: entry.keyAt,
      node: entry.node,
      receivers: references(nodeAt(entry.node, 'receivers')),
      processors: references(nodeAt(entry.node, 'processors')),
      exporters: references(nodeAt(entry.node, 'exporters')),
    });
  }
  return {
    root,
    components: {
      receivers: components('receivers'),
      processors: components('processors'),
      exporters: components('exporters'),
      connectors: components('connectors'),
      extensions: components('extensions'),
    },
    pipelines,
    enabled: references(nodeAt(root, 'service', 'extensions')),
  };
}

function references(node: ConfigNode | undefined): Reference[] {
  return itemsOf(node).flatMap((item) => {
    const id = textAt(item);
    return id === undefined ? [] : [{ id, at: item.at }];
  });
}

/** Signals of the pipelines that a receiver or exporter stands in. */
export function signalsOf(model: CollectorModel, kind: 'receivers' | 'exporters', id: string): Signal[] {
  const signals = model.pipelines.filter((pipeline) => pipeline[kind].some((item) => item.id === id));
  return [...new Set(signals.map((pipeline) => pipeline.signal))];
}
