import type { PromiseKind } from '../../stack/definition/promise.ts';
import { requirement } from '../requirement.ts';
import type { Requirement } from '../types.ts';
import { filesOutcome, promiseTargets } from './promise-rows.ts';

/**
 * One requirement for each kind of promise that the files alone can show to be broken. What needs a running stack to
 * be told has requirements of its own.
 */
function filesAgree(id: string, kind: PromiseKind, title: string, because: string, source: string): Requirement {
  return requirement({
    id,
    level: 'MUST',
    area: 'config',
    title,
    because,
    source,
    promise: kind,
    when: 'plain',
    after: 'started',
    targets: (stack) => promiseTargets(stack, kind),
    check: async (_context, { promise }) => filesOutcome(promise),
  });
}

export const promisesKept: readonly Requirement[] = [
  filesAgree(
    'CONFIG-ACCEPTED-01',
    'config.accepted',
    'The files of an engine are there, can be read, and name nothing that is not defined',
    'an engine that cannot read its configuration does not start, or starts without what was meant',
    'https://opentelemetry.io/docs/collector/configuration/',
  ),
  filesAgree(
    'CONFIG-PUSH-01',
    'route.push',
    'Whoever sends telemetry has a receiver with that host, port, path, protocol, TLS and tenant',
    'a sender whose receiver is elsewhere loses everything, and often says so only in its own log',
    'https://opentelemetry.io/docs/collector/troubleshooting/',
  ),
  filesAgree(
    'CONFIG-SCRAPE-01',
    'route.scrape',
    'Whoever is scraped listens where the scraper looks',
    'a target that is down looks like a component that is down',
    'https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config',
  ),
  filesAgree(
    'CONFIG-QUERY-01',
    'route.query',
    'Whoever is queried answers where the reader asks',
    'a data source that leads nowhere is found on the day that somebody needs it',
    'https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources',
  ),
  filesAgree(
    'CONFIG-ALERT-01',
    'route.alert',
    'Alerts have an Alertmanager that listens where they are sent',
    'an alert that nobody receives is worse than none: it is believed',
    'https://prometheus.io/docs/prometheus/latest/configuration/configuration/#alertmanager_config',
  ),
  filesAgree(
    'CONFIG-LINK-01',
    'datasource.link',
    'A link between signals leads to a data source that exists',
    'correlation is what one has three backends for',
    'https://grafana.com/docs/grafana/latest/datasources/tempo/configure-tempo-data-source/',
  ),
  filesAgree(
    'CONFIG-DASHBOARD-01',
    'dashboard',
    'A panel asks a data source that exists',
    'an empty panel is read as "nothing happened"',
    'https://grafana.com/docs/grafana/latest/dashboards/',
  ),
  filesAgree(
    'CONFIG-TENANT-01',
    'tenant',
    'Senders name the tenant that a multi-tenant backend demands',
    'without it every push is refused with 401',
    'https://grafana.com/docs/loki/latest/operations/multi-tenancy/',
  ),
];
