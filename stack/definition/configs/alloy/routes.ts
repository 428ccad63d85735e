import type { Pipeline, Processor } from '../../facts.ts';
import type { Position } from '../../position.ts';
import type { Signal } from '../../types.ts';
import { componentTypes, inputSignals } from './components.ts';
import { type Outlet, outletsOf } from './connections.ts';
import { effectsOf } from './effects.ts';
import type { AlloyComponent } from './modules.ts';

/** All ways of all signals through the configuration. */
export interface Routes {
  readonly pipelines: readonly Pipeline[];
  /** Signals that reach a component from some receiver or scraper. */
  readonly reaching: ReadonlyMap<string, ReadonlySet<Signal>>;
}

/** More ways than anybody writes; a guard against graphs that branch and join at every step. */
const MOST_PATHS = 500;

/**
 * Follows every source through its outlets. A way ends at a component without outlets (its exporter), at a connector
 * (which begins other ways), or nowhere: then it has no exporters.
 */
export function findRoutes(components: Iterable<AlloyComponent>): Routes {
  const pipelines: Pipeline[] = [];
  const reaching = new Map<string, Set<Signal>>();
  const all = [...components].filter((component) => component.inner === undefined);
  for (const source of all) {
    if (!isSource(source)) continue;
    for (const outlet of outletsOf(source)) {
      new Walk(source, outlet, pipelines, reaching).run();
    }
  }
  return { pipelines, reaching };
}

/** Connectors take one signal and begin another. */
export function isConnector(type: string): boolean {
  return type.startsWith('otelcol.connector.');
}

function isSource(component: AlloyComponent): boolean {
  if (isConnector(component.type)) return true;
  const exports = componentTypes().get(component.type)?.exports ?? [];
  return !exports.includes('input') && !exports.includes('receiver');
}

class Walk {
  readonly #source: AlloyComponent;
  readonly #first: Outlet;
  readonly #pipelines: Pipeline[];
  readonly #reaching: Map<string, Set<Signal>>;
  #paths = 0;

  constructor(source: AlloyComponent, first: Outlet, pipelines: Pipeline[], reaching: Map<string, Set<Signal>>) {
    this.#source = source;
    this.#first = first;
    this.#pipelines = pipelines;
    this.#reaching = reaching;
  }

  run(): void {
    this.#follow(this.#first, [], new Set([this.#source.id]));
  }

  #follow(outlet: Outlet, processors: readonly Processor[], seen: ReadonlySet<string>): void {
    const { signal } = outlet;
    if (outlet.targets.length === 0) this.#end(outlet.at, signal, processors, []);
    for (const target of outlet.targets) {
      if (this.#paths++ > MOST_PATHS) return;
      const { component } = target;
      if (component === undefined) {
        // What is not known may well be an exporter: say so rather than that the way ends.
        const hidden = target.missing ? [] : [`(${target.why})`];
        this.#end(target.at, signal, processors, hidden);
        continue;
      }
      if (seen.has(component.id)) continue;
      this.#enter(component, outlet, processors, new Set([...seen, component.id]));
    }
  }

  #enter(component: AlloyComponent, from: Outlet, processors: readonly Processor[], seen: ReadonlySet<string>): void {
    const { signal } = from;
    if (from.kind === 'otelcol' && !inputSignals(component.type).includes(signal)) {
      this.#end(from.at, signal, processors, []);
      return;
    }
    const reached = this.#reaching.get(component.id) ?? new Set();
    this.#reaching.set(component.id, reached.add(signal));
    const step: Processor = {
      component: component.id,
      type: component.type,
      at: component.block.at,
      effects: [],
    };
    if (isConnector(component.type)) {
      this.#end(
        component.block.at,
        signal,
        [...processors, { ...step, effects: effectsOf(component, signal) }],
        [component.id],
      );
      return;
    }
    const outlets = outletsOf(component);
    if (outlets.length === 0 && isExporter(component.type)) {
      this.#end(component.block.at, signal, processors, [component.id]);
      return;
    }
    const next = outlets.find((outlet) => outlet.signal === signal);
    const passed = [...processors, { ...step, effects: effectsOf(component, signal) }];
    if (next === undefined) this.#end(component.block.at, signal, passed, []);
    else this.#follow(next, passed, seen);
  }

  #end(at: Position, signal: Signal, processors: readonly Processor[], exporters: readonly string[]): void {
    const receivers = [this.#source.id];
    const id = [signal, ...receivers, ...processors.map((processor) => processor.component), ...exporters].join(' > ');
    if (this.#pipelines.some((pipeline) => pipeline.id === id)) return;
    this.#pipelines.push({ id, signal, receivers, processors, exporters, at });
  }
}

/** Components that data may end in. */
function isExporter(type: string): boolean {
  if (
    /^(otelcol\.exporter\.|loki\.(write|echo)$|pyroscope\.write$|prometheus\.(remote_write|write\.queue|echo)$)/.test(
      type,
    )
  ) {
    return type !== 'otelcol.exporter.prometheus' && type !== 'otelcol.exporter.loki';
  }
  // A component that the tables do not know may send data away.
  return !componentTypes().has(type);
}
