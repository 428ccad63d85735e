import type { Datasource, DatasourceLink } from '../facts.ts';
import type { StackPromise } from '../promise.ts';
import { promiseOf } from './promise-of.ts';
import type { Breakage } from './route.ts';
import { followDatasource } from './routes.ts';
import { type EngineService, engines, isEngine, type StackView } from './stack-view.ts';

/** What each kind of link must lead to: types of data source that can answer it. Other types are taken as they are. */
const TARGETS: Readonly<Partial<Record<DatasourceLink['kind'], string>>> = {
  'derived-field': 'tempo',
  'traces-to-logs': 'loki',
  'traces-to-metrics': 'prometheus',
  'traces-to-profiles': 'grafana-pyroscope-datasource',
  'exemplar-destination': 'tempo',
  'service-map': 'prometheus',
};

const OURS = new Set(Object.values(TARGETS));

/** Links between data sources: each promises its target, and what makes it work at the other end. */
export function linkPromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((grafana) =>
    grafana.facts.datasources.flatMap((source) =>
      source.links
        .filter((link) => link.targetUid !== undefined)
        .map((link) => {
          const twins = source.links.filter((one) => one.kind === link.kind);
          return promiseOf({
            kind: 'datasource.link',
            key: [
              grafana.name,
              source.uid ?? source.name,
              link.kind,
              ...(twins.length > 1 ? [String(twins.indexOf(link) + 1)] : []),
            ],
            subject: grafana.name,
            column: link.kind,
            says: `${source.name} leads by ${link.kind}${link.key === undefined ? '' : ` (${link.key})`} to the data source ${link.targetUid}`,
            by: grafana.name,
            at: link.at,
            ...(link.key === undefined ? {} : { value: link.key }),
            ...(link.targetUid === undefined ? {} : { counterpart: link.targetUid }),
            broken: brokenLink(view, grafana, source, link),
          });
        }),
    ),
  );
}

function brokenLink(
  view: StackView,
  grafana: EngineService,
  source: Datasource,
  link: DatasourceLink,
): Breakage | undefined {
  const uid = link.targetUid ?? '';
  if (/[${}]/.test(uid)) return undefined;
  const target = bySelector(grafana, uid);
  if (target === undefined) {
    const known = grafana.facts.datasources.flatMap((one) => one.uid ?? []);
    return {
      why: `${source.name} links to the data source ${uid}, and none has that uid`,
      at: link.at,
      remedy: `Write one of ${known.join(', ') || 'the uids (none is set)'}, or give the target this uid.`,
    };
  }
  const wanted = TARGETS[link.kind];
  if (wanted !== undefined && target.type !== wanted && OURS.has(target.type)) {
    return {
      why: `${source.name} links by ${link.kind} to ${target.name}, which is of type ${target.type} and not ${wanted}`,
      at: link.at,
      remedy: `Write the uid of a data source of type ${wanted}.`,
    };
  }
  if (link.kind === 'exemplar-destination') return withoutExemplars(view, grafana, source, link);
  if (link.kind === 'service-map') return withoutServiceGraph(view, source, link);
  return undefined;
}

function withoutExemplars(
  view: StackView,
  grafana: EngineService,
  source: Datasource,
  link: DatasourceLink,
): Breakage | undefined {
  const store = followDatasource(view, grafana, source)?.to;
  const feature = isEngine(store) ? store.facts.features['exemplar-storage'] : undefined;
  if (store === undefined || feature === undefined || feature.value) return undefined;
  return {
    why: `${source.name} leads from exemplars to traces, and ${store.name} stores no exemplars (${feature.key} is off)`,
    at: feature.at ?? store.command?.[0]?.at ?? link.at,
    remedy: `Start ${store.name} with --enable-feature=exemplar-storage.`,
  };
}

/** Service graphs need somebody who makes `traces_service_graph_…` metrics. */
function withoutServiceGraph(view: StackView, source: Datasource, link: DatasourceLink): Breakage | undefined {
  const all = engines(view);
  const made =
    all.some((service) => service.facts.features['service-graphs']?.value === true) ||
    all.some((service) =>
      service.facts.pipelines.some(
        (one) =>
          /service_?graph/i.test([...one.exporters, ...one.receivers].join(' ')) ||
          one.processors.some((processor) => /service_?graph/i.test(processor.type)),
      ),
    ) ||
    all.some((service) => service.facts.findings.some((finding) => finding.severity === 'error'));
  const tempo = all.find((service) => service.engine === 'tempo');
  if (
    made ||
    tempo === undefined ||
    view.services.some((service) => !isEngine(service) && /Agent|Beyla/.test(view.others[service.name] ?? ''))
  ) {
    return undefined;
  }
  const feature = tempo.facts.features['service-graphs'];
  return {
    why: `${source.name} shows a service map, and nothing in the stack makes service-graph metrics`,
    at: feature?.at ?? link.at,
    remedy: `Switch on the processor service-graphs in ${tempo.name}'s metrics generator, or remove the service map.`,
  };
}

/** Dashboards of the files may name a data source by uid or, in older ones, by name. */
function bySelector(grafana: EngineService, selector: string): Datasource | undefined {
  return (
    grafana.facts.datasources.find((one) => one.uid === selector) ??
    grafana.facts.datasources.find((one) => one.name === selector)
  );
}

const BUILT_IN = /^(-- ?\w+ ?--|grafana|-100|__expr__|datasource|default)$/i;

/** Panels promise their data source. */
export function dashboardPromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((grafana) =>
    grafana.facts.dashboards.map((dashboard) => {
      const lost = dashboard.panels.find(
        ({ datasourceUid: uid }) =>
          uid !== undefined &&
          uid !== '' &&
          !/[${}]/.test(uid) &&
          !BUILT_IN.test(uid) &&
          bySelector(grafana, uid) === undefined,
      );
      const at = dashboard.panels[0]?.at ?? { file: dashboard.file, line: 1, column: 1 };
      return promiseOf({
        kind: 'dashboard',
        key: [grafana.name, dashboard.uid ?? dashboard.title],
        subject: grafana.name,
        column: dashboard.title,
        says: `the dashboard ${dashboard.title} shows data in its ${dashboard.panels.length} panels`,
        by: grafana.name,
        at,
        broken:
          lost === undefined || grafana.facts.datasources.length === 0
            ? undefined
            : {
                why: `the panel ${lost.title} asks the data source ${lost.datasourceUid}, and none has that uid`,
                at: lost.at,
                remedy: `Write one of ${grafana.facts.datasources.flatMap((one) => one.uid ?? []).join(', ')}.`,
              },
      });
    }),
  );
}

/** Each recording and alerting rule promises its metrics and labels. */
export function rulePromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((service) =>
    service.facts.rules.flatMap((group) =>
      group.rules.map((rule, index) => {
        const twin = group.rules.findIndex((one) => one.name === rule.name) !== index;
        return promiseOf({
          kind: 'rule',
          key: [service.name, group.name, rule.name, ...(twin ? [String(index + 1)] : [])],
          subject: service.name,
          column: rule.name,
          says:
            rule.kind === 'alert'
              ? `the alert ${rule.name} fires when ${rule.expr.trim()}`
              : `${service.name} records ${rule.name}`,
          by: service.name,
          at: rule.at,
          value: rule.expr,
        });
      }),
    ),
  );
}
