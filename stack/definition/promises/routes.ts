import { parseUrlTarget } from '../configs/shared/addresses.ts';
import type { Datasource, Output, Protocol, ScrapeJob } from '../facts.ts';
import type { Position } from '../position.ts';
import type { StackPromise } from '../promise.ts';
import type { EngineName } from '../types.ts';
import { promiseOf } from './promise-of.ts';
import { type Breakage, followRoute, nameOf, type Route } from './route.ts';
import { type EngineService, engines, isEngine, type StackView } from './stack-view.ts';

/** Outputs of engines: exporters, remote writes, alerters, rulers. One promise each. */
export function outputPromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((from) => {
    const outputs = from.facts.outputs.filter(
      (output) =>
        output.purpose !== 'scrape' && !isDatasource(from, output) && isUsed(from, output) && hasAlerts(from, output),
    );
    return outputs.flatMap((output): StackPromise[] => {
      const pushes = output.purpose === 'push' || output.purpose === 'rule-write';
      const route = followRoute(view, from, {
        protocol: output.protocol,
        signals: output.signals,
        target: output.target,
        at: output.at,
        pushes,
        lenient: output.purpose === 'query',
      });
      if (route.inactive === true) return [];
      const kind =
        output.purpose === 'query' ? 'route.query' : output.purpose === 'alert' ? 'route.alert' : 'route.push';
      const to = route.to?.name ?? output.target.host;
      const what = output.signals.length === 0 ? '' : `${output.signals.join(', ')} by `;
      const twins = outputs.filter(
        (one) =>
          one.component === output.component &&
          one.purpose === output.purpose &&
          one.signals.join() === output.signals.join(),
      );
      const number = twins.length > 1 ? [String(twins.indexOf(output) + 1)] : [];
      return [
        promiseOf({
          kind,
          key: [
            from.name,
            output.component,
            ...(output.signals.length === 0 ? [] : [output.signals.join('+')]),
            ...number,
          ],
          subject: route.to?.name ?? from.name,
          column: output.protocol,
          ...(output.signals.length === 1 && output.signals[0] !== undefined ? { signal: output.signals[0] } : {}),
          ...(output.target.tenant === undefined ? {} : { tenant: output.target.tenant }),
          says: `${to} takes ${what}${nameOf(output.protocol)} at ${output.target.written}`,
          by: from.name,
          at: output.at,
          counterpart: output.target.written,
          broken: route.broken,
        }),
      ];
    });
  });
}

/** Data sources make promises of their own, with the type that they expect at the other end. */
function isDatasource(from: EngineService, output: Output): boolean {
  return from.engine === 'grafana' && output.purpose === 'query';
}

/** A Collector starts only the exporters that a pipeline names; other engines use every output that is configured. */
function isUsed(from: EngineService, output: Output): boolean {
  if (from.engine !== 'otelcol') return true;
  return (
    from.facts.pipelines.some((pipeline) => pipeline.exporters.includes(output.component)) || output.purpose !== 'push'
  );
}

/**
 * Loki's own example names an Alertmanager at localhost, and so do the many copies of it: without an alert rule nobody
 * relies on it. In Prometheus somebody wrote the target down.
 */
function hasAlerts(from: EngineService, output: Output): boolean {
  if (output.purpose !== 'alert' || from.engine === 'prometheus') return true;
  return from.facts.rules.some((group) => group.rules.some((rule) => rule.kind === 'alert'));
}

/** Scrapes: each static target is a promise of the service that is scraped. */
export function scrapePromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((from) =>
    from.facts.scrapes.flatMap((job) => job.targets.flatMap((target) => scrapePromise(view, from, job, target) ?? [])),
  );
}

function scrapePromise(
  view: StackView,
  from: EngineService,
  job: ScrapeJob,
  target: ScrapeJob['targets'][number],
): StackPromise | undefined {
  const parsed = parseUrlTarget(`${job.scheme}://${target.address.replace(/^https?:\/\//, '')}`);
  if (parsed === undefined) return undefined;
  const route = followRoute(view, from, {
    protocol: 'prometheus-scrape',
    signals: [],
    target: { ...parsed, headers: [], ...clientOf(from, target.at), path: job.metricsPath, tlsSkipVerify: true },
    at: target.at,
    lenient: true,
  });
  if (route.inactive === true) return undefined;
  return promiseOf({
    kind: 'route.scrape',
    key: [from.name, job.job, String(job.targets.indexOf(target) + 1)],
    subject: route.to?.name ?? from.name,
    column: job.job,
    signal: 'metrics',
    says: `${target.address} answers the scrapes of ${from.name}'s job ${job.job}`,
    by: from.name,
    at: target.at,
    counterpart: target.address,
    broken: route.broken ?? wrongScrapePath(route, job, target.address),
  });
}

/** Credentials and headers of a scrape: its output, which stands at the same place, has them. */
function clientOf(from: EngineService, at: Position): Partial<Pick<Output['target'], 'auth' | 'headers'>> {
  const output = from.facts.outputs.find(
    (one) =>
      one.purpose === 'scrape' && one.at.file === at.file && one.at.line === at.line && one.at.column === at.column,
  );
  if (output === undefined) return {};
  const { auth, headers } = output.target;
  return { headers, ...(auth === undefined ? {} : { auth }) };
}

function wrongScrapePath(route: Route, job: ScrapeJob, address: string): Breakage | undefined {
  const { listener, to } = route;
  if (listener === undefined || !isEngine(to)) return undefined;
  const here = to.facts.listeners.filter((one) => one.port === listener.port);
  const asked = plainPath(job.metricsPath);
  // Engines have metrics at other paths too (/federate); an exporter has them at one, and a prefix holds for all.
  const offered = here.map((one) => ({ api: one.protocol === 'http-api', path: plainPath(one.path ?? '') }));
  const fits = offered.some(({ api, path }) => asked === path || path === '' || (api && asked.startsWith(`${path}/`)));
  const [first] = here.filter((one) => one.protocol === 'prometheus-scrape');
  if (fits || (first === undefined && !offered.some((one) => one.api))) return undefined;
  const right = first?.path ?? `${offered.find((one) => one.api)?.path ?? ''}/metrics`;
  return {
    why: `job ${job.job} asks ${address} for ${job.metricsPath}, and ${to.name} has its metrics at ${right}`,
    at: job.at,
    remedy: `Set metrics_path: ${right}.`,
  };
}

function plainPath(path: string): string {
  return path.replace(/\/+$/, '');
}

const ENGINE_OF: Readonly<Record<string, EngineName>> = {
  prometheus: 'prometheus',
  loki: 'loki',
  tempo: 'tempo',
  alertmanager: 'alertmanager',
  'grafana-pyroscope-datasource': 'pyroscope',
  phlare: 'pyroscope',
};

/** Types of data source whose other end is one of our engines, or claims to be. */
export function isTelemetrySource(source: Datasource): boolean {
  return source.type in ENGINE_OF;
}

/** The connection of a data source, as `followRoute` takes it; undefined where its URL cannot be taken apart. */
export function followDatasource(view: StackView, from: EngineService, source: Datasource): Route | undefined {
  const parsed = parseUrlTarget(/^https?:\/\//i.test(source.url) ? source.url : `http://${source.url}`);
  if (parsed === undefined) return undefined;
  const output = from.facts.outputs.find(
    (one) =>
      one.purpose === 'query' && (one.component === `datasource/${source.name}` || one.component === source.name),
  );
  const route = followRoute(view, from, {
    protocol: source.type === 'alertmanager' ? 'alertmanager-api' : 'http-api',
    signals: [],
    target: { ...parsed, headers: [], ...output?.target },
    at: output?.at ?? source.at,
    orProtocols: source.type === 'alertmanager' ? ['http-api'] : [],
  });
  return route;
}

/** Data sources of Grafana: one promise each. */
export function datasourcePromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((from) =>
    from.facts.datasources.filter(isTelemetrySource).flatMap((source): StackPromise[] => {
      const route = followDatasource(view, from, source);
      if (route === undefined || route.inactive === true) return [];
      const expected = ENGINE_OF[source.type];
      const wrongEngine: Breakage | undefined =
        route.broken === undefined && isEngine(route.to) && expected !== undefined && route.to.engine !== expected
          ? {
              why: `the data source ${source.name} is of type ${source.type}, and ${route.to.name} at ${source.url} is ${route.to.engine}`,
              at: source.at,
              remedy: `Write the URL of the service that runs ${expected}.`,
            }
          : undefined;
      return [
        promiseOf({
          kind: 'route.query',
          key: [from.name, source.uid ?? source.name],
          subject: route.to?.name ?? from.name,
          column: source.type,
          says: `${route.to?.name ?? source.url} answers the queries of the data source ${source.name}`,
          by: from.name,
          at: source.at,
          counterpart: source.url,
          broken: wrongEngine ?? route.broken,
        }),
      ];
    }),
  );
}

/** Alert rules rely on an Alertmanager where the stack has one, even if nobody tells Prometheus of it. */
export function alertPromises(view: StackView): StackPromise[] {
  const pagers = engines(view).filter((service) => service.engine === 'alertmanager');
  const [pager] = pagers;
  if (pager === undefined) return [];
  return engines(view).flatMap((from): StackPromise[] => {
    const alert = from.facts.rules.flatMap((group) => group.rules).find((rule) => rule.kind === 'alert');
    if (alert === undefined || from.facts.outputs.some((output) => output.purpose === 'alert')) return [];
    return [
      promiseOf({
        kind: 'route.alert',
        key: [from.name, 'rules'],
        subject: pager.name,
        says: `alerts of ${from.name} reach ${pager.name}`,
        by: from.name,
        at: alert.at,
        broken: {
          why: `${from.name} has alert rules, ${pager.name} is there to take alerts, and nothing sends them to it`,
          at: alert.at,
          remedy: `Name ${pager.name} under alerting.alertmanagers (or the ruler's alertmanager_url).`,
        },
      }),
    ];
  });
}

/** Protocols that an OTLP SDK may use where its environment does not say. */
const SDK_PROTOCOLS: Readonly<Record<string, readonly Protocol[]>> = {
  grpc: ['otlp-grpc'],
  'http/protobuf': ['otlp-http'],
  'http/json': ['otlp-http'],
};

/**
 * Other services whose environment points an OpenTelemetry SDK at an engine rely on its receiver.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function sdkPromises(view: StackView): StackPromise[] {
  return view.services.flatMap((from): StackPromise[] => {
    if (isEngine(from) && from.engine !== 'grafana') return [];
    const text = (name: string): string | undefined => from.environment[name]?.value ?? undefined;
    return (['', 'TRACES', 'METRICS', 'LOGS'] as const).flatMap((which): StackPromise[] => {
      const name = which === '' ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : `OTEL_EXPORTER_OTLP_${which}_ENDPOINT`;
      const url = text(name);
      const parsed = url === undefined ? undefined : parseUrlTarget(/^https?:/i.test(url) ? url : `http://${url}`);
      if (url === undefined || parsed === undefined) return [];
      const said =
        text(which === '' ? '' : `OTEL_EXPORTER_OTLP_${which}_PROTOCOL`) ?? text('OTEL_EXPORTER_OTLP_PROTOCOL');
      const protocols = SDK_PROTOCOLS[said ?? ''] ?? (['otlp-grpc', 'otlp-http'] as const);
      const [protocol = 'otlp-http'] = protocols;
      const signal = which === '' ? undefined : (which.toLowerCase() as 'traces' | 'metrics' | 'logs');
      const at = from.environment[name]?.at;
      const route = followRoute(view, from, {
        protocol,
        orProtocols: protocols,
        signals: signal === undefined ? [] : [signal],
        // The base URL has a path appended that depends on the signal; only a signal's own URL is taken as it is.
        target: {
          ...parsed,
          path: signal === undefined ? '' : parsed.path,
          headers: text('OTEL_EXPORTER_OTLP_HEADERS') === undefined ? [] : ['x-scope-orgid', 'authorization'],
        },
        ...(at === undefined ? {} : { at }),
        pushes: signal !== undefined,
        lenient: false,
      });
      if (!isEngine(route.to)) return [];
      return [
        promiseOf({
          kind: 'route.push',
          key: [from.name, name],
          subject: route.to.name,
          column: route.listener?.protocol ?? protocol,
          ...(signal === undefined ? {} : { signal }),
          says: `${route.to.name} takes OTLP of ${from.name} at ${parsed.written}`,
          by: from.name,
          at,
          counterpart: parsed.written,
          broken: signal === undefined && /path|asks/.test(route.broken?.why ?? '') ? undefined : route.broken,
        }),
      ];
    });
  });
}
