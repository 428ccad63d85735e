import { posix } from 'node:path';
import { type ConfigNode, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { ConfigFile, EngineFacts } from '../../facts.ts';
import type { Position } from '../../position.ts';
import { parseJson } from '../../syntax/json.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { ReaderContext } from '../reader.ts';
import { fileName } from '../shared/container-files.ts';
import { emptyFacts, type FactsDraft } from '../shared/facts-builder.ts';
import { didYouMean, FindingList } from '../shared/findings.ts';
import { readAlerting } from './alerting.ts';
import { type ReadDashboard, readDashboard, variableIn } from './dashboards.ts';
import { generatedUid, readDatasources } from './datasources.ts';
import { parseIni } from './ini.ts';
import { interpolate, type Surroundings } from './interpolate.ts';
import { GrafanaSettings } from './settings.ts';

interface Reading {
  readonly context: ReaderContext;
  readonly facts: FactsDraft;
  readonly findings: FindingList;
  readonly around: Surroundings;
}

interface Mention {
  readonly what: string;
  readonly uid: string;
  readonly at: Position;
}

/**
 * Reads Grafana's settings (file, `GF_` variables, `cfg:` words) and what it is provisioned with: data sources and
 * their links, dashboards, alert rules.
 *
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/
 * @see https://grafana.com/docs/grafana/latest/administration/provisioning/
 */
export function readGrafana(context: ReaderContext): EngineFacts {
  const findings = new FindingList(context.service.name);
  const around: Surroundings = {
    environment: (name) => context.environment[name]?.value ?? undefined,
    readFile: (path) => context.readFile(path),
  };
  const facts = emptyFacts('grafana');
  const ini = iniFile(context);
  if (ini !== undefined) facts.files.push(ini);
  const values = ini === undefined ? new Map() : parseIni(ini.text, fileName(ini));
  const settings = new GrafanaSettings(values, context.environment, context.argv, around);
  server(facts, settings);
  security(facts, settings);
  const directory = settings.text('paths.provisioning', '/etc/grafana/provisioning').value;
  const reading: Reading = { context, facts, findings, around };
  const mentions = [
    ...datasources(reading, posix.join(directory, 'datasources')),
    ...alerting(reading, posix.join(directory, 'alerting')),
  ];
  const dashboards = providers(reading, posix.join(directory, 'dashboards'));
  if (facts.datasources.length > 0) {
    links(reading, mentions);
    panels(reading, dashboards);
  }
  facts.findings.push(...findings.all);
  return facts;
}

function iniFile(context: ReaderContext): ConfigFile | undefined {
  const index = context.argv.findIndex((word) => /^--?config(=|$)/.test(word.text));
  const word = context.argv[index]?.text;
  const named = word?.includes('=') ? word.slice(word.indexOf('=') + 1) : context.argv[index + 1]?.text;
  const path =
    (index < 0 ? undefined : named) ?? context.environment.GF_PATHS_CONFIG?.value ?? '/etc/grafana/grafana.ini';
  return context.readFile(path);
}

function server(facts: FactsDraft, settings: GrafanaSettings): void {
  const port = settings.number('server.http_port', 3000);
  const protocol = settings.text('server.protocol', 'http').value;
  const sub = settings.boolean('server.serve_from_sub_path', false).value;
  const path = /^[^:]*:\/\/[^/]*(\/.*?)\/*$/.exec(settings.text('server.root_url', '').value)?.[1] ?? '';
  facts.listeners.push({
    component: 'http',
    protocol: 'http-api',
    host: settings.text('server.http_addr', '').value,
    port: port.value,
    ...(sub && path !== '' ? { path } : {}),
    tls: protocol === 'https' || protocol === 'h2',
    signals: [],
    enabled: { ...port, value: true },
    ...(port.at === undefined ? {} : { at: port.at }),
  });
  const data = settings.text('paths.data', '/var/lib/grafana');
  const own = settings.text('database.type', 'sqlite3').value === 'sqlite3';
  if (own)
    facts.storage.push({
      path: data.value,
      what: 'database and plugins',
      ...(data.at === undefined ? {} : { at: data.at }),
    });
}

function security(facts: FactsDraft, settings: GrafanaSettings): void {
  const password = settings.text('security.admin_password', 'admin');
  const user = settings.text('security.admin_user', 'admin');
  facts.settings['security.admin_user'] = user;
  // Only the password that everybody knows may be shown.
  facts.settings['security.admin_password'] = { ...password, value: password.value === 'admin' ? 'admin' : '***' };
  facts.admin = {
    kind: 'basic',
    username: user.value,
    secret: () => password.value,
    ...(password.at === undefined ? {} : { at: password.at }),
  };
  facts.features['anonymous-access'] = settings.boolean('auth.anonymous.enabled', false);
  facts.features['usage-reporting'] = settings.boolean('analytics.reporting_enabled', true);
  facts.settings['auth.anonymous.org_role'] = settings.text('auth.anonymous.org_role', 'Viewer');
  facts.settings['auth.disable_login_form'] = settings.boolean('auth.disable_login_form', false);
  facts.settings['auth.basic.enabled'] = settings.boolean('auth.basic.enabled', true);
}

/** The parsed files of a provisioning directory. */
function provisioned(reading: Reading, directory: string): { root: ConfigNode | undefined; file: ConfigFile }[] {
  return reading.context.listDirectory(directory).flatMap((entry) => {
    const name = posix.basename(entry);
    const file = /\.(ya?ml|json)$/.test(name) ? reading.context.readFile(posix.join(directory, name)) : undefined;
    if (file === undefined) return [];
    const parse = name.endsWith('.json') ? parseJson : parseYaml;
    const { root, problems } = parse(file.text, fileName(file));
    reading.findings.take(problems);
    reading.facts.files.push(file);
    return [{ root, file }];
  });
}

function datasources(reading: Reading, directory: string): Mention[] {
  const mentions: Mention[] = [];
  for (const { root } of provisioned(reading, directory)) {
    const read = readDatasources(root, reading.around, reading.findings);
    reading.facts.datasources.push(...read.datasources);
    reading.facts.outputs.push(...read.outputs);
    mentions.push(...read.mentions);
  }
  duplicates(reading);
  return mentions;
}

function duplicates({ facts, findings }: Reading): void {
  const uids = new Map<string, Position>();
  const names = new Map<string, Position>();
  let standard: Position | undefined;
  for (const { uid = '', name, isDefault, at } of facts.datasources) {
    const [taken, what] = names.has(name) ? [names.get(name), `name "${name}"`] : [uids.get(uid), `uid "${uid}"`];
    if (taken !== undefined) {
      const message = `The ${what} of a data source is taken by the one at ${taken.file}:${taken.line}.`;
      findings.error('REF-GRAFANA-DUPLICATE', at, message, 'Give one of the two another.');
    }
    if (isDefault && standard !== undefined) {
      const message = `Two data sources are the default; the other is at ${standard.file}:${standard.line}. Grafana refuses this, and does not start.`;
      findings.error('CONFIG-GRAFANA-DEFAULT', at, message, 'Leave isDefault: true with one of them.');
    }
    uids.set(uid, at);
    names.set(name, at);
    if (isDefault) standard ??= at;
  }
}

function alerting(reading: Reading, directory: string): readonly Mention[] {
  return provisioned(reading, directory).flatMap(({ root }) => {
    const { groups, mentions } = readAlerting(root, reading.around);
    reading.facts.rules.push(...groups);
    return [...mentions];
  });
}

function providers(reading: Reading, directory: string): ReadDashboard[] {
  const { context, facts, findings, around } = reading;
  return provisioned(reading, directory).flatMap(({ root }) =>
    itemsOf(nodeAt(root, 'providers')).flatMap((provider) => {
      const node = nodeAt(provider, 'options', 'path') ?? nodeAt(provider, 'options', 'folder');
      const path = interpolate(textAt(node) ?? '', around);
      if (node === undefined || path === '') return [];
      const files = context.listDirectory(path).filter((name) => name.endsWith('.json'));
      if (files.length === 0) noDashboards(reading, node, path);
      return files.flatMap((name) => {
        const file = context.readFile(posix.join(path, posix.basename(name)));
        if (file === undefined) return [];
        facts.files.push(file);
        const { root: json, problems } = parseJson(file.text, fileName(file));
        findings.take(problems);
        const read = readDashboard(json, fileName(file));
        if (read === undefined) return [];
        facts.dashboards.push(read.dashboard);
        return [read];
      });
    }),
  );
}

function noDashboards({ context, findings }: Reading, node: ConfigNode, path: string): void {
  const mounted = context.service.mounts.some((mount) => path === mount.target || path.startsWith(`${mount.target}/`));
  if (mounted || context.service.build !== undefined) return;
  findings.warning(
    'CONFIG-GRAFANA-DASHBOARDS',
    node.at,
    `Dashboards are to be read from ${path}, but nothing is mounted there.`,
    `Mount the dashboards at ${path}, or correct the path.`,
  );
}

function links({ facts, findings }: Reading, mentions: readonly Mention[]): void {
  const named = facts.datasources.flatMap((source) =>
    source.links.flatMap((link): Mention[] =>
      link.targetUid === undefined
        ? []
        : [{ what: `The link "${link.kind}" of the data source "${source.name}"`, uid: link.targetUid, at: link.at }],
    ),
  );
  const uids = facts.datasources.map((source) => source.uid ?? generatedUid(source.name));
  for (const { what, uid, at } of [...named, ...mentions]) {
    if (uids.includes(uid)) continue;
    const same = facts.datasources.find((source) => source.name === uid);
    const meant = same?.uid ?? didYouMean(uid, uids);
    const remedy =
      meant === undefined ? 'Name the uid of a data source that is provisioned.' : `Did you mean "${meant}"?`;
    const why = same === undefined ? 'no data source has it' : 'that is the name of one, not its uid';
    const message = `${what} leads to the uid "${uid}", but ${why}.`;
    // A service map without its metrics stays empty; the other links lead a user into an error.
    const report = what.includes('"service-map"') ? findings.warning : findings.error;
    report.call(findings, 'REF-GRAFANA-DATASOURCE', at, message, remedy);
  }
}

/** Uids and names that Grafana itself has. */
const BUILT_IN = new Set(['grafana', 'default', '-- Grafana --', '-- Mixed --', '-- Dashboard --', '__expr__', '-100']);

function panels({ facts, findings }: Reading, dashboards: readonly ReadDashboard[]): void {
  const known = new Set(facts.datasources.flatMap((source) => [source.uid ?? '', source.name]));
  const seen = new Map<string, string>();
  for (const { dashboard, sources, variables, inputs } of dashboards) {
    const other = dashboard.uid === undefined ? undefined : seen.get(dashboard.uid);
    if (other !== undefined && dashboard.uid !== undefined) {
      const at = { file: dashboard.file, line: 1, column: 1 };
      const message = `The dashboard uid "${dashboard.uid}" is taken by ${other}; Grafana shows one of the two.`;
      findings.warning('REF-GRAFANA-DUPLICATE', at, message, 'Give one of the two another uid.');
    }
    if (dashboard.uid !== undefined) seen.set(dashboard.uid, dashboard.file);
    const said = new Set<string>();
    for (const { panel, named } of sources) {
      if (named === undefined || said.has(named) || known.has(named) || BUILT_IN.has(named)) continue;
      said.add(named);
      const variable = variableIn(named);
      const panelName = `The panel "${panel.title}" of the dashboard "${dashboard.title}"`;
      if (variable !== undefined) {
        if (variables.has(variable) || !inputs.has(variable)) continue;
        const message = `${panelName} asks ${named}, an input that only an import by hand fills in: provisioned, it has no data source.`;
        findings.error(
          'REF-GRAFANA-PANEL',
          panel.at,
          message,
          'Write the uid of the data source, or make a template variable of it.',
        );
        continue;
      }
      if (named.includes('$')) continue;
      const meant = didYouMean(named, known);
      const remedy =
        meant === undefined ? 'Name the uid of a data source that is provisioned.' : `Did you mean "${meant}"?`;
      findings.error(
        'REF-GRAFANA-PANEL',
        panel.at,
        `${panelName} asks the data source "${named}", which is not provisioned.`,
        remedy,
      );
    }
  }
}
