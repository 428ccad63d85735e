import type { Pipeline, Processor } from '../../facts.ts';
import type { Signal } from '../../types.ts';
import type { CollectorModel, PipelineNode, Reference } from './model.ts';
import { connectorEffect, exporterEffects, processorEffects } from './processors.ts';

/** More ways than anybody writes; a guard against connectors that form a net. */
const MOST_WAYS = 200;

/**
 * The ways of every signal. A `forward` connector (and any other that keeps the signal) is followed through, so a way
 * leads from real receivers to real exporters. One that makes another signal ends a way with a `derive` effect, and
 * begins others under its own id.
 */
export function readPipelines(model: CollectorModel): Pipeline[] {
  const ways: Pipeline[] = [];
  for (const pipeline of model.pipelines) {
    const receivers = pipeline.receivers.filter(({ id }) => !handsOn(model, id, pipeline));
    if (receivers.length === 0 && pipeline.receivers.length > 0) continue;
    follow(model, pipeline, { id: pipeline.id, receivers, processors: [], seen: [] }, ways);
  }
  return ways;
}

interface Way {
  readonly id: string;
  readonly receivers: readonly Reference[];
  readonly processors: readonly Processor[];
  readonly seen: readonly string[];
}

function follow(model: CollectorModel, pipeline: PipelineNode, way: Way, ways: Pipeline[]): void {
  if (way.seen.includes(pipeline.id) || ways.length >= MOST_WAYS) return;
  const { signal, at } = pipeline;
  const processors = [...way.processors, ...pipeline.processors.map((item) => processorOf(model, item, signal))];
  const plain = pipeline.exporters.filter(({ id }) => !model.components.connectors.has(id));
  const add = (suffix: string, exporters: readonly string[], more: readonly Processor[]): void => {
    const receivers = way.receivers.map(({ id }) => id);
    ways.push({ id: way.id + suffix, signal, receivers, processors: [...processors, ...more], exporters, at });
  };
  // An exporter that changes data has a way of its own: its effects are not the others'.
  const changing = plain.filter(({ id }) => effectsOfExporter(model, id).length > 0);
  const same = plain.filter((item) => !changing.includes(item));
  const connectors = pipeline.exporters.filter(({ id }) => model.components.connectors.has(id));
  if (same.length > 0 || (changing.length === 0 && connectors.length === 0)) {
    add(
      '',
      same.map(({ id }) => id),
      [],
    );
  }
  for (const { id, at: place } of changing) {
    const type = model.components.exporters.get(id)?.type ?? '';
    add(
      same.length === 0 && changing.length === 1 ? '' : ` > ${id}`,
      [id],
      [{ component: id, type, at: place, effects: effectsOfExporter(model, id) }],
    );
  }
  for (const { id, at: place } of connectors) {
    const connector = model.components.connectors.get(id);
    if (connector === undefined) continue;
    const next = model.pipelines.filter((other) => other.receivers.some((item) => item.id === id));
    for (const signalTo of new Set(next.map((other) => other.signal))) {
      const effect = connectorEffect(connector, signal, signalTo);
      const step: Processor = {
        component: id,
        type: connector.type,
        at: place,
        effects: effect === undefined ? [] : [effect],
      };
      if (signalTo !== signal) {
        add(` > ${id}`, [id], [step]);
        continue;
      }
      for (const other of next.filter((candidate) => candidate.signal === signalTo)) {
        const through = {
          ...way,
          id: `${way.id} > ${other.id}`,
          processors: [...processors, step],
          seen: [...way.seen, pipeline.id],
        };
        follow(model, other, through, ways);
      }
    }
  }
}

/** Whether a receiver is a connector that some pipeline of the same signal feeds. */
function handsOn(model: CollectorModel, id: string, pipeline: PipelineNode): boolean {
  if (!model.components.connectors.has(id)) return false;
  return model.pipelines.some(
    (other) => other.signal === pipeline.signal && other.exporters.some((item) => item.id === id),
  );
}

function processorOf(model: CollectorModel, item: Reference, signal: Signal): Processor {
  const component = model.components.processors.get(item.id);
  if (component === undefined) return { component: item.id, type: '', at: item.at, effects: [] };
  return { component: item.id, type: component.type, at: item.at, effects: processorEffects(component, signal) };
}

function effectsOfExporter(model: CollectorModel, id: string) {
  const component = model.components.exporters.get(id);
  return component === undefined ? [] : exporterEffects(component);
}
