import { isLoopback, parseUrlTarget } from '../configs/shared/addresses.ts';
import type { Listener, Output, Pipeline } from '../facts.ts';
import type { StackPromise } from '../promise.ts';
import type { ServiceDefinition, Signal } from '../types.ts';
import { resolveHost, sharing } from './hosts.ts';
import { promiseOf } from './promise-of.ts';
import { type Breakage, followRoute, nameOf, unreadable } from './route.ts';
import { backendsOf, type EngineService, engines, isEngine, type StackView } from './stack-view.ts';

const SIGNALS: readonly Signal[] = ['metrics', 'logs', 'traces', 'profiles'];

/**
 * An open receiver promises that every signal with a backend in the stack arrives there. A gateway whose way for a
 * signal is missing or dead breaks the promise; it does not take it back.
 *
 * @param routes What senders rely on, as `outputPromises` and `sdkPromises` give it.
 */
export function ingestPromises(view: StackView, routes: readonly StackPromise[] = []): StackPromise[] {
  return engines(view).flatMap((service) =>
    service.role === 'gateway' ? gatewayPromises(view, service, routes) : backendPromises(view, service, routes),
  );
}

/** @param routes Promises of senders: what is off, or out of reach, is only promised where one of them relies on it. */
function backendPromises(view: StackView, service: EngineService, routes: readonly StackPromise[]): StackPromise[] {
  return receivers(service).flatMap(({ listener, signal }) => {
    if (listener.enabled.value && isReachable(view, service, listener)) {
      return [ingest(service, listener, signal, undefined)];
    }
    const relied = reliedOn(service, listener, signal, routes);
    const published = service.ports.find((port) => port.target === listener.port && listener.enabled.value);
    if (relied.length === 0 && published === undefined) return [];
    const broken = relied.find((route) => route.broken !== undefined)?.broken;
    return [
      ingest(
        service,
        listener,
        signal,
        broken ?? (published === undefined ? undefined : outOfReach(service, listener)),
      ),
    ];
  });
}

function reliedOn(
  service: EngineService,
  listener: Listener,
  signal: Signal,
  routes: readonly StackPromise[],
): readonly StackPromise[] {
  return routes.filter(
    (route) =>
      route.subject === service.name &&
      route.column === listener.protocol &&
      (route.signal === undefined || route.signal === signal),
  );
}

function outOfReach(service: EngineService, listener: Listener): Breakage {
  return {
    why: `${service.name} takes ${nameOf(listener.protocol)} at ${listener.host}:${listener.port} only, which nothing outside its container reaches`,
    ...(listener.at === undefined ? {} : { at: listener.at }),
    remedy: `Bind ${listener.component} to 0.0.0.0:${listener.port}.`,
  };
}

function gatewayPromises(view: StackView, gateway: EngineService, routes: readonly StackPromise[]): StackPromise[] {
  const unread = unreadableBecause(gateway);
  const all = [...receivers(gateway), ...unusedSignals(gateway)].filter(
    ({ signal }) => backendsOf(view, signal).length > 0,
  );
  return all.flatMap(({ listener, signal }) => {
    // Prometheus in agent mode has no pipelines: what it takes it sends on, and what is not switched on is nobody's.
    if (gateway.engine === 'prometheus' && !listener.enabled.value) return [];
    const reachable = isReachable(view, gateway, listener);
    const others = all.filter((one) => one.signal === signal && isReachable(view, gateway, one.listener));
    const published = gateway.ports.some((port) => port.target === listener.port);
    if (!reachable && !published && others.length > 0 && reliedOn(gateway, listener, signal, routes).length === 0)
      return [];
    const outcome = arrival(view, gateway, listener.component, signal, new Set());
    if (outcome === 'inactive') return [];
    const promised =
      outcome === undefined ||
      outcome.reached ||
      hasLooseEnd(view, gateway, signal) ||
      !isFedOtherwise(view, gateway, signal);
    if (!promised) return [];
    const bound = reachable ? undefined : outOfReach(gateway, listener);
    const off: Breakage | undefined = listener.enabled.value
      ? undefined
      : {
          why: `the receiver ${listener.component} of ${gateway.name} is not started: ${listener.enabled.key} does not hold`,
          ...(listener.at === undefined ? {} : { at: listener.at }),
          remedy: `Use ${listener.component} in a pipeline.`,
        };
    return [ingest(gateway, listener, signal, bound ?? (outcome === undefined ? off : (unread ?? outcome.breakage)))];
  });
}

function ingest(
  service: EngineService,
  listener: Listener,
  signal: Signal,
  broken: Breakage | undefined,
): StackPromise {
  return promiseOf({
    kind: `ingest.${signal}`,
    key: [service.name, listener.component, listener.protocol],
    subject: service.name,
    column: listener.protocol,
    signal,
    says: `${signal} that ${service.name} takes by ${nameOf(listener.protocol)} (${listener.component}) arrive in a backend`,
    by: service.name,
    at: listener.at,
    broken,
  });
}

function receivers(service: EngineService): { listener: Listener; signal: Signal }[] {
  return service.facts.listeners
    .filter((listener) => listener.protocol !== 'prometheus-scrape')
    .flatMap((listener) =>
      SIGNALS.filter((signal) => listener.signals.includes(signal)).map((signal) => ({ listener, signal })),
    );
}

/** OTLP carries three signals, whichever of them the pipelines take from an open receiver. */
function unusedSignals(gateway: EngineService): { listener: Listener; signal: Signal }[] {
  const taken = receivers(gateway);
  const ports = new Map<string, Listener>();
  for (const { listener } of taken) {
    const key = `${listener.component} ${listener.protocol} ${listener.port}`;
    if (/^otlp-/.test(listener.protocol) && !ports.has(key)) ports.set(key, listener);
  }
  return [...ports.values()].flatMap((listener) =>
    (['metrics', 'logs', 'traces'] as const)
      .filter(
        (signal) =>
          !taken.some(
            (one) =>
              one.signal === signal &&
              one.listener.component === listener.component &&
              one.listener.protocol === listener.protocol,
          ),
      )
      .map((signal) => ({ listener, signal })),
  );
}

/** What keeps its configuration from being read: that alone is told, and not what seems to be missing behind it. */
function unreadableBecause(gateway: EngineService): Breakage | undefined {
  const finding = unreadable(gateway);
  if (finding === undefined) return undefined;
  return { why: finding.message, ...(finding.at === undefined ? {} : { at: finding.at }), remedy: finding.remedy };
}

/** Bound to all addresses, or shared by another container in the same network namespace. */
function isReachable(view: StackView, service: EngineService, listener: Listener): boolean {
  return !isLoopback(listener.host) || sharing(view, service).length > 1 || service.networkMode === 'host';
}

interface DeadEnd {
  readonly reached: boolean;
  readonly breakage: Breakage;
}

/** Undefined: it arrives, or leaves the stack. `inactive`: its backend belongs to a profile that is off. */
function arrival(
  view: StackView,
  gateway: EngineService,
  component: string,
  signal: Signal,
  seen: Set<string>,
): DeadEnd | 'inactive' | undefined {
  const mark = `${gateway.name} ${component}`;
  if (seen.has(mark))
    return {
      reached: true,
      breakage: {
        why: `${signal} go round in a circle at ${gateway.name}`,
        remedy: 'Let one of the gateways send to a backend.',
      },
    };
  seen.add(mark);
  if (gateway.engine === 'prometheus') {
    const outputs = gateway.facts.outputs.filter((one) => one.purpose === 'push' && fits(one, signal));
    if (outputs.length > 0) return bestOf(outputs.map((one) => endOfOutput(view, gateway, one, signal, seen)));
  }
  const pipelines = gateway.facts.pipelines.filter((one) => one.signal === signal && one.receivers.includes(component));
  const at = gateway.facts.listeners.find((one) => one.component === component)?.at;
  let dead: DeadEnd | undefined;
  let inactive = false;
  for (const pipeline of pipelines) {
    if (pipeline.exporters.length === 0) {
      const end = deadPipeline(gateway, pipeline, 'ends in no exporter');
      // An Alloy receiver that does not name a signal in its output may well be meant not to take it.
      dead ??= { ...end, reached: gateway.engine !== 'alloy' || pipeline.processors.length > 0 };
    }
    for (const exporter of pipeline.exporters) {
      const end = endOf(view, gateway, pipeline, exporter, seen);
      if (end === undefined) return undefined;
      if (end === 'inactive') inactive = true;
      else dead ??= end;
    }
  }
  if (dead !== undefined) return dead;
  if (inactive) return 'inactive';
  return {
    reached: false,
    breakage: {
      why: `no pipeline of ${gateway.name} takes ${signal} from ${component}, though ${backendsOf(view, signal)
        .map((one) => one.name)
        .join(' and ')} store${backendsOf(view, signal).length > 1 ? '' : 's'} ${signal}`,
      ...(at === undefined ? {} : { at }),
      remedy: `Add a pipeline for ${signal} from ${component} to an exporter.`,
    },
  };
}

function deadPipeline(gateway: EngineService, pipeline: Pipeline, how: string): DeadEnd {
  return {
    reached: true,
    breakage: {
      why: `the ${pipeline.signal} pipeline ${pipeline.id} of ${gateway.name} ${how}`,
      at: pipeline.at,
      remedy: `Let ${pipeline.id} end in an exporter to a backend of ${pipeline.signal}.`,
    },
  };
}

function endOf(
  view: StackView,
  gateway: EngineService,
  pipeline: Pipeline,
  exporter: string,
  seen: Set<string>,
): DeadEnd | 'inactive' | undefined {
  const { signal } = pipeline;
  const outputs = gateway.facts.outputs.filter((one) => one.component === exporter && one.purpose === 'push');
  if (outputs.length > 0)
    return (
      bestOf(outputs.filter((one) => fits(one, signal)).map((one) => endOfOutput(view, gateway, one, signal, seen))) ??
      undefined
    );
  const scraped = gateway.facts.listeners.find(
    (one) => one.component === exporter && one.protocol === 'prometheus-scrape',
  );
  if (scraped !== undefined) {
    return isScraped(view, gateway, scraped)
      ? undefined
      : deadPipeline(gateway, pipeline, `ends in ${exporter} on port ${scraped.port}, which nobody scrapes`);
  }
  const onward = gateway.facts.pipelines.some((one) => one.signal === signal && one.receivers.includes(exporter));
  if (onward) return arrival(view, gateway, exporter, signal, seen);
  const type = exporter.split('/')[0] ?? '';
  if (/^(debug|logging|nop)$/.test(type) || /(^|\.)(debug|logging|echo)(\.|$)/.test(exporter)) {
    return deadPipeline(gateway, pipeline, `ends in ${exporter}, which stores nothing`);
  }
  const refused = gateway.facts.findings.find(
    (one) =>
      one.severity === 'error' && new RegExp(`\\b${exporter.replace(/[^\w]/g, '\\$&')}(?![\\w/])`).test(one.message),
  );
  if (refused !== undefined) {
    const { message: why, at, remedy } = refused;
    return { reached: true, breakage: { why, ...(at === undefined ? {} : { at }), remedy } };
  }
  // Another connector, or an exporter to a system that is none of ours.
  return gateway.facts.pipelines.some((one) => one.receivers.includes(exporter))
    ? deadPipeline(gateway, pipeline, `ends in ${exporter}, which makes other signals of it`)
    : undefined;
}

function fits(output: Output, signal: Signal): boolean {
  return output.signals.length === 0 || output.signals.includes(signal);
}

/** Several ends of one exporter: one that arrives is enough. */
function bestOf(ends: readonly (DeadEnd | 'inactive' | undefined)[]): DeadEnd | 'inactive' | undefined {
  if (ends.length === 0 || ends.includes(undefined)) return undefined;
  return ends.find((end) => end !== 'inactive') ?? 'inactive';
}

function endOfOutput(
  view: StackView,
  gateway: EngineService,
  output: Output,
  signal: Signal,
  seen: Set<string>,
): DeadEnd | 'inactive' | undefined {
  const route = followRoute(view, gateway, {
    protocol: output.protocol,
    signals: [signal],
    target: output.target,
    at: output.at,
    pushes: true,
  });
  if (route.inactive === true) return 'inactive';
  if (route.broken !== undefined) return { reached: true, breakage: route.broken };
  if (!isEngine(route.to) || route.to.role !== 'gateway' || route.listener === undefined) return undefined;
  const beyond = arrival(view, route.to, route.listener.component, signal, seen);
  return typeof beyond === 'object' ? { ...beyond, reached: true } : beyond;
}

function isScraped(view: StackView, gateway: EngineService, listener: Listener): boolean {
  return engines(view).some((service) =>
    service.facts.scrapes.some((job) => {
      if (job.discovered) return true;
      return job.targets.some(({ address }) => {
        const target = parseUrlTarget(`http://${address.replace(/^https?:\/\//, '')}`);
        if (target === undefined) return false;
        const found = resolveHost(view, service, target.host, target.port);
        return found.kind === 'services' && found.port === listener.port && found.services.includes(gateway);
      });
    }),
  );
}

/** Components of Alloy that only serve to bring a signal to its backend, by signal. */
const LOOSE_COMPONENTS: Readonly<Partial<Record<Signal, RegExp>>> = {
  logs: /\b(otelcol\.exporter\.loki|loki\.write|loki\.process)\./,
  metrics: /\b(otelcol\.exporter\.prometheus|prometheus\.remote_write)\./,
  profiles: /\bpyroscope\.write\./,
};

/** An exporter or pipeline for the signal that nothing feeds: somebody meant it to be fed. */
function hasLooseEnd(view: StackView, gateway: EngineService, signal: Signal): boolean {
  const { pipelines, outputs, listeners } = gateway.facts;
  const sources = new Set(listeners.map((one) => one.component));
  const fed = (component: string): boolean =>
    pipelines.some(
      (one) =>
        one.signal === signal &&
        one.exporters.includes(component) &&
        (one.receivers.length > 0 || sources.has(component)),
    );
  const unfed = LOOSE_COMPONENTS[signal];
  return (
    (unfed !== undefined && gateway.facts.findings.some((one) => /UNUSED/.test(one.id) && unfed.test(one.message))) ||
    pipelines.some((one) => one.signal === signal && one.receivers.length === 0) ||
    outputs.some((one) => {
      if (one.purpose !== 'push' || !one.signals.includes(signal) || fed(one.component)) return false;
      const found = resolveHost(view, gateway, one.target.host, one.target.port);
      return (
        found.kind === 'services' &&
        found.services.some((service) => service.role === signal || service.role === 'gateway')
      );
    })
  );
}

/** Programs that ship telemetry and are none of our engines. */
const SHIPPERS = /Promtail|Grafana Agent|Fluent|Vector|vmagent|Beyla|Telegraf|generator/;

/** Whether something besides this gateway brings the signal to its backends. */
function isFedOtherwise(view: StackView, gateway: EngineService, signal: Signal): boolean {
  const backends = backendsOf(view, signal);
  if (signal === 'metrics' && backends.some((one) => one.facts.scrapes.length > 0)) return true;
  if (gateway.facts.pipelines.some((one) => one.signal === signal && one.exporters.length > 0)) return true;
  if (signal === 'logs' && /^\s*driver:\s*["']?\w*(loki|fluentd|gelf|syslog)/m.test(view.composeText())) return true;
  return view.services.some((service) => {
    if (service === gateway || backends.some((one) => one === service)) return false;
    if (isEngine(service)) {
      return service.facts.outputs.some((output) => output.purpose !== 'query' && output.signals.includes(signal));
    }
    return SHIPPERS.test(view.others[service.name] ?? '') || mentions(service, backends);
  });
}

/** An application that names a backend in its environment or command writes to it, as far as anybody can tell. */
function mentions(service: ServiceDefinition, backends: readonly EngineService[]): boolean {
  const text = [
    ...Object.values(service.environment).map((one) => one.value ?? ''),
    ...(service.command ?? []).map((one) => one.text),
  ].join('\n');
  return backends.some((one) => new RegExp(`(^|[/@\\s=])${one.name.replace(/[^\w-]/g, '.')}:\\d`, 'm').test(text));
}
