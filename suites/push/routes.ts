import type { TelemetrySignal } from '../../helpers/telemetry/payload.ts';
import { sendersOf } from '../../helpers/telemetry/senders/table.ts';
import type { PushProtocol, Sender } from '../../helpers/telemetry/senders/types.ts';
import type { Listener, Output, Processor, Protocol } from '../../stack/definition/facts.ts';
import type { StackPromise } from '../../stack/definition/promise.ts';
import { followRoute } from '../../stack/definition/promises/route.ts';
import { isEngine, type StackView } from '../../stack/definition/promises/stack-view.ts';
import type { ServiceDefinition, StackDefinition } from '../../stack/definition/types.ts';

/** One way for one signal into the stack: a receiver, a protocol, and where it must come out. */
export interface IngestRoute {
  /** Unique in a stack; what is pushed by this route carries it as attribute `route`. */
  readonly key: string;
  readonly subject: string;
  readonly column: string;
  readonly service: ServiceDefinition;
  readonly listener: Listener;
  readonly sender: Sender;
  readonly signal: TelemetrySignal;
  readonly promise: StackPromise;
  /** Empty where the files lead to no backend: then the promise is broken, and its row says why. */
  readonly ends: readonly RouteEnd[];
  /** True: the receiver is the backend itself. */
  readonly direct: boolean;
}

/** A backend in which a route ends, and what happens to the data on the way. */
export interface RouteEnd {
  readonly service: ServiceDefinition;
  /** What takes the data there; undefined where they are scraped out of the gateway. */
  readonly listener?: Listener;
  /** The protocol of the last hop. */
  readonly protocol: Protocol | PushProtocol;
  readonly processors: readonly Processor[];
  readonly tenant?: string;
}

const SIGNALS: readonly TelemetrySignal[] = ['metrics', 'logs', 'traces'];

/** Senders that speak to a listener of this protocol. */
const SPOKEN: Readonly<Partial<Record<Protocol, readonly PushProtocol[]>>> = {
  'otlp-grpc': ['otlp-grpc'],
  'otlp-http': ['otlp-http-protobuf', 'otlp-http-json', 'sdk-otlp-http'],
  'loki-push': ['loki-push-json', 'loki-push-protobuf'],
  'prometheus-remote-write': ['prometheus-remote-write'],
  pushgateway: ['pushgateway'],
};

/** Every route that the stack's ingest promises open: one for each promise and way of sending. */
export function ingestRoutes(definition: StackDefinition): readonly IngestRoute[] {
  const view: StackView = {
    ...definition,
    inactiveServices: () => [],
    declaredVolumes: () => ({}),
    composeText: () => '',
    others: {},
  };
  const promises = definition.promises.filter(({ kind }) => kind.startsWith('ingest.'));
  return promises.flatMap((promise) => {
    const service = definition.services.find(({ name }) => name === promise.subject);
    const signal = SIGNALS.find((name) => name === promise.signal);
    if (service === undefined || signal === undefined) return [];
    const listener = listenerOf(service, promise);
    if (listener === undefined) return [];
    const twins = promises.filter(
      (other) => other.subject === promise.subject && other.kind === promise.kind && other.column === promise.column,
    );
    const direct = service.role === signal;
    const ends: readonly RouteEnd[] = direct
      ? [{ service, listener, protocol: listener.protocol, processors: [] }]
      : followPipelines(view, service, listener.component, signal, new Set());
    const spoken = SPOKEN[listener.protocol] ?? [];
    return sendersOf(signal)
      .filter((sender) => spoken.includes(sender.protocol))
      .map((sender): IngestRoute => {
        const column = twins.length > 1 ? `${sender.name} ${listener.component}` : sender.name;
        const key = `${service.name}/${column}`.replaceAll(/[^\w./+-]/g, '_');
        return { key, subject: service.name, column, service, listener, sender, signal, promise, ends, direct };
      });
  });
}

/** The listener that an ingest promise is about: its id names the component, its column the protocol. */
function listenerOf(service: ServiceDefinition, promise: StackPromise): Listener | undefined {
  const fitting = (service.facts?.listeners ?? []).filter(
    (listener) =>
      listener.protocol === promise.column && promise.signal !== undefined && listener.signals.includes(promise.signal),
  );
  return fitting.find((listener) => promise.id.split(':').includes(listener.component)) ?? fitting[0];
}

/** Where a signal comes out that goes into a component of a gateway, through connectors and further gateways. */
function followPipelines(
  view: StackView,
  gateway: ServiceDefinition,
  component: string,
  signal: TelemetrySignal,
  seen: ReadonlySet<string>,
): readonly RouteEnd[] {
  const mark = `${gateway.name} ${component}`;
  if (seen.has(mark)) return [];
  const deeper = new Set(seen).add(mark);
  const pipelines = (gateway.facts?.pipelines ?? []).filter(
    (one) => one.signal === signal && one.receivers.includes(component),
  );
  return pipelines.flatMap((pipeline) =>
    pipeline.exporters
      .flatMap((exporter) => followExporter(view, gateway, exporter, signal, deeper))
      .map((end) => ({ ...end, processors: [...pipeline.processors, ...end.processors] })),
  );
}

function followExporter(
  view: StackView,
  gateway: ServiceDefinition,
  exporter: string,
  signal: TelemetrySignal,
  seen: ReadonlySet<string>,
): readonly RouteEnd[] {
  const outputs = (gateway.facts?.outputs ?? []).filter(
    (output) => output.component === exporter && output.purpose === 'push',
  );
  const fitting = outputs.filter((output) => output.signals.length === 0 || output.signals.includes(signal));
  if (fitting.length > 0) return fitting.flatMap((output) => followOutput(view, gateway, output, signal, seen));
  const onward = gateway.facts?.pipelines.some((one) => one.signal === signal && one.receivers.includes(exporter));
  if (onward) return followPipelines(view, gateway, exporter, signal, seen);
  return scrapedFrom(view, gateway, exporter, signal);
}

function followOutput(
  view: StackView,
  gateway: ServiceDefinition,
  output: Output,
  signal: TelemetrySignal,
  seen: ReadonlySet<string>,
): readonly RouteEnd[] {
  const { protocol, target, at } = output;
  const route = followRoute(view, gateway, { protocol, signals: [signal], target, at, pushes: true });
  if (route.to === undefined || !isEngine(route.to)) return [];
  if (route.to.role === signal) {
    return [
      {
        service: route.to,
        protocol,
        processors: [],
        ...(route.listener === undefined ? {} : { listener: route.listener }),
        ...(target.tenant === undefined ? {} : { tenant: target.tenant }),
      },
    ];
  }
  return route.listener === undefined ? [] : followPipelines(view, route.to, route.listener.component, signal, seen);
}

/** An exporter that is a listener itself (`prometheus`): whoever scrapes it stores what it shows. */
function scrapedFrom(
  view: StackView,
  gateway: ServiceDefinition,
  exporter: string,
  signal: TelemetrySignal,
): readonly RouteEnd[] {
  const listener = gateway.facts?.listeners.find(
    (one) => one.component === exporter && one.protocol === 'prometheus-scrape',
  );
  if (listener === undefined || signal !== 'metrics') return [];
  return view.services
    .filter(
      ({ role, facts }) =>
        role === 'metrics' &&
        facts?.scrapes.some((job) => job.targets.some(({ address }) => address.endsWith(`:${listener.port}`))),
    )
    .map((service) => ({ service, protocol: 'prometheus-scrape', processors: [] }));
}
