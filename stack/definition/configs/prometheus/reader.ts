import { posix } from 'node:path';
import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { EngineFacts, Listener } from '../../facts.ts';
import type { ReaderContext } from '../reader.ts';
import { joinPath, parseListenAddress } from '../shared/addresses.ts';
import { globFiles, readYaml, resolvePath } from '../shared/container-files.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import { emptyFacts, type FactsDraft, scalarSetting, setting } from '../shared/facts-builder.ts';
import { FindingList } from '../shared/findings.ts';
import { parseKeyTable } from '../shared/key-table.ts';
import { reportTableFaults } from '../shared/table-faults.ts';
import { atLeast } from '../shared/versions.ts';
import { type PrometheusCommand, readCommand } from './command.ts';
import { PROMETHEUS_KEYS, PROMETHEUS_TABLE_VERSION } from './keys-3-16.ts';
import { alertOutputs, remoteOutputs } from './outputs.ts';
import { readRetention } from './retention.ts';
import { checkPromql, readRuleFile } from './rules.ts';
import { DEFAULT_SCRAPE_INTERVAL_MS, readScrapeConfigs } from './scrapes.ts';
import { readWebConfig, type WebDemands } from './web.ts';

const WORKING_DIRECTORY = '/prometheus';

/**
 * Reads Prometheus' command line, configuration, rule files and web configuration.
 *
 * @see https://prometheus.io/docs/prometheus/latest/command-line/prometheus/
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/
 */
export function readPrometheus(context: ReaderContext): EngineFacts {
  const findings = new FindingList(context.service.name);
  const command = readCommand(context, findings);
  const workingDir = context.service.workingDir ?? WORKING_DIRECTORY;
  const configFile = command.text('config.file', 'prometheus.yml');
  const path = resolvePath(workingDir, configFile.value);
  const read = readYaml(context, path, findings, {
    what: 'configuration file',
    yaml: 'v2',
    ...(configFile.at === undefined ? {} : { namedAt: configFile.at }),
  });
  const facts = emptyFacts('prometheus', read === undefined ? [] : [read.file]);
  const root = read?.root;
  const base = posix.dirname(path);
  if (root !== undefined) {
    reportTableFaults(findings, {
      engine: 'Prometheus',
      root,
      table: parseKeyTable(PROMETHEUS_KEYS),
      tableVersion: PROMETHEUS_TABLE_VERSION,
      version: context.version,
      accepted: (key, where) =>
        (/^(static_configs|\w+_sd_configs)$/.test(key) &&
          /^(scrape_configs|alerting\.alertmanagers)\.\d+$/.test(where)) ||
        (key === 'scrape_classic_histograms' && !atLeast(context.version, '3.0')),
    });
  }
  const agent = command.flag('agent').value || command.feature('agent').value;
  const interval = parsePrometheusDuration(textAt(root, 'global', 'scrape_interval') ?? '');
  const defaults = {
    intervalMs: interval === undefined || interval === 0 ? DEFAULT_SCRAPE_INTERVAL_MS : interval,
    base,
  };
  checkFile(root, defaults.intervalMs, findings);
  const scrapes = readScrapeConfigs(nodeAt(root, 'scrape_configs'), defaults, context, findings);
  for (const list of scrapeFiles(root, base, context, facts, findings)) {
    const more = readScrapeConfigs(list, defaults, context, findings);
    scrapes.jobs.push(...more.jobs);
    scrapes.outputs.push(...more.outputs);
  }
  facts.scrapes.push(...scrapes.jobs);
  facts.outputs.push(
    ...scrapes.outputs,
    ...remoteOutputs(root, 'remote_write', base, context, findings),
    ...remoteOutputs(root, 'remote_read', base, context, findings),
    ...alertOutputs(root, base, context),
  );
  readRules(root, base, context, facts, findings);
  readFeatures(root, command, context, facts);
  readListeners(context, command, workingDir, facts, findings);
  const storage = agent
    ? command.text('storage.agent.path', 'data-agent/')
    : command.text('storage.tsdb.path', 'data/');
  facts.storage.push({
    path: resolvePath(workingDir, storage.value).replace(/(.)\/+$/, '$1'),
    what: agent ? 'write-ahead log' : 'blocks and write-ahead log',
    ...(storage.at === undefined ? {} : { at: storage.at }),
  });
  if (!agent) facts.retention.push(readRetention(root, command, findings));
  readSettings(root, command, facts);
  facts.findings.push(...findings.all);
  return facts;
}

/** What Prometheus refuses beyond keys and types. */
function checkFile(root: ConfigNode | undefined, intervalMs: number, findings: FindingList): void {
  const timeoutNode = nodeAt(root, 'global', 'scrape_timeout');
  const timeout = parsePrometheusDuration(textAt(timeoutNode) ?? '');
  if (timeout !== undefined && timeout > intervalMs) {
    findings.error(
      'CONFIG-SCRAPE-TIMEOUT',
      timeoutNode?.at,
      'global.scrape_timeout is longer than global.scrape_interval, and Prometheus refuses the file.',
      'Shorten the timeout, or lengthen the interval.',
    );
  }
  const some = nodeAt(root, 'otlp', 'promote_resource_attributes');
  if (textAt(root, 'otlp', 'promote_all_resource_attributes') === 'true' && itemsOf(some).length > 0) {
    findings.error(
      'CONFIG-OTLP',
      some?.at,
      'otlp has promote_all_resource_attributes and promote_resource_attributes, and Prometheus refuses both at once.',
      'Keep one of the two.',
    );
  }
}

function scrapeFiles(
  root: ConfigNode | undefined,
  base: string,
  context: ReaderContext,
  facts: FactsDraft,
  findings: FindingList,
): ConfigNode[] {
  const lists: ConfigNode[] = [];
  for (const node of itemsOf(nodeAt(root, 'scrape_config_files'))) {
    for (const path of globFiles(context, resolvePath(base, textAt(node) ?? ''))) {
      const read = readYaml(context, path, findings, { what: 'scrape configuration', yaml: 'v2', namedAt: node.at });
      if (read === undefined) continue;
      facts.files.push(read.file);
      const list = nodeAt(read.root, 'scrape_configs');
      if (list !== undefined) lists.push(list);
    }
  }
  return lists;
}

function readRules(
  root: ConfigNode | undefined,
  base: string,
  context: ReaderContext,
  facts: FactsDraft,
  findings: FindingList,
): void {
  const seen = new Set<string>();
  for (const node of itemsOf(nodeAt(root, 'rule_files'))) {
    const pattern = textAt(node) ?? '';
    if (!/^[^*]*(\*[^/]*)?$/.test(pattern)) {
      findings.error(
        'CONFIG-RULE-FILES',
        node.at,
        `"${pattern}" has a "*" before its last part, and Prometheus refuses it.`,
        'Use "*" in the file name only.',
      );
      continue;
    }
    for (const path of globFiles(context, resolvePath(base, pattern))) {
      if (seen.has(path)) continue;
      seen.add(path);
      if (context.readFile(path) === undefined) {
        if (context.service.build !== undefined) continue;
        findings.warning(
          'CONFIG-RULE-FILES',
          node.at,
          `The rule file ${path} is not in the container, so its rules do not exist; Prometheus starts all the same.`,
          `Mount the file at ${path}, or correct the path.`,
        );
        continue;
      }
      const read = readYaml(context, path, findings, { what: 'rule file', yaml: 'v3', namedAt: node.at });
      if (read === undefined) continue;
      facts.files.push(read.file);
      facts.rules.push(...readRuleFile(read.root, 'Prometheus', checkPromql, findings));
    }
  }
}

function readFeatures(
  root: ConfigNode | undefined,
  command: PrometheusCommand,
  context: ReaderContext,
  facts: FactsDraft,
): void {
  const since3 = atLeast(context.version, '3.0');
  const window = scalarSetting(
    'storage.tsdb.out_of_order_time_window',
    nodeAt(root, 'storage', 'tsdb', 'out_of_order_time_window'),
  );
  const exemplars = command.feature('exemplar-storage');
  const most = scalarSetting('storage.exemplars.max_exemplars', nodeAt(root, 'storage', 'exemplars', 'max_exemplars'));
  const switchedOff = exemplars.value && most !== undefined && Number(most.value) <= 0;
  const formerWrite = command.feature('remote-write-receiver');
  facts.features = {
    'otlp-receiver': since3 ? command.flag('web.enable-otlp-receiver') : command.feature('otlp-write-receiver'),
    'remote-write-receiver':
      !since3 && formerWrite.value ? formerWrite : command.flag('web.enable-remote-write-receiver'),
    'exemplar-storage': switchedOff ? { ...most, value: false } : exemplars,
    'native-histograms': atLeast(context.version, '3.9')
      ? setting('native-histograms', true, 'default')
      : command.feature('native-histograms'),
    'out-of-order':
      window === undefined
        ? setting('storage.tsdb.out_of_order_time_window', false, 'default')
        : { ...window, value: (parsePrometheusDuration(String(window.value)) ?? 0) > 0 },
    'promql-experimental-functions': command.feature('promql-experimental-functions'),
    'admin-api': command.flag('web.enable-admin-api'),
    'lifecycle-api': command.flag('web.enable-lifecycle'),
  };
}

function readListeners(
  context: ReaderContext,
  command: PrometheusCommand,
  workingDir: string,
  facts: FactsDraft,
  findings: FindingList,
): void {
  const webFile = command.text('web.config.file', '');
  const web: WebDemands =
    webFile.value === ''
      ? { tls: false }
      : readWebConfig(context, resolvePath(workingDir, webFile.value), webFile.at, findings);
  const uses = command.line.flags.filter((flag) => flag.name === 'web.listen-address');
  const addresses = uses.length === 0 ? [command.text('web.listen-address', '0.0.0.0:9090')] : uses;
  const prefix = routePrefix(command);
  const on = setting('--web.listen-address', true, 'default');
  for (const address of addresses) {
    const parsed = parseListenAddress(address.value);
    if (parsed === undefined) {
      findings.error(
        'CONFIG-ADDRESS',
        address.at,
        `"${address.value}" is not an address to listen on.`,
        'Write host:port, or :port for all addresses.',
      );
      continue;
    }
    const common = { ...parsed, ...web, ...(address.at === undefined ? {} : { at: address.at }) };
    const listener = (
      part: Pick<Listener, 'component' | 'protocol' | 'signals'> & { path: string },
      enabled = on,
    ): void => {
      facts.listeners.push({ ...common, ...part, path: joinPath(prefix, part.path), enabled });
    };
    listener({ component: 'http', protocol: 'http-api', signals: [], path: '/' });
    listener({ component: 'metrics', protocol: 'prometheus-scrape', signals: [], path: '/metrics' });
    listener(
      { component: 'remote-write', protocol: 'prometheus-remote-write', signals: ['metrics'], path: '/api/v1/write' },
      facts.features['remote-write-receiver'],
    );
    if (!atLeast(context.version, '2.47')) continue;
    listener(
      { component: 'otlp', protocol: 'otlp-http', signals: ['metrics'], path: '/api/v1/otlp/v1/metrics' },
      facts.features['otlp-receiver'],
    );
  }
}

/** `--web.route-prefix`, else the path of `--web.external-url`, without a slash at its end. */
function routePrefix(command: PrometheusCommand): string {
  const route = command.text('web.route-prefix', '').value;
  const external = /^[a-z]+:\/\/[^/]*(\/[^?#]*)?/i.exec(command.text('web.external-url', '').value)?.[1] ?? '';
  const prefix = route === '' ? external : route;
  const trimmed = prefix.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}

const FLAG_SETTINGS = [
  'query.max-samples',
  'query.timeout',
  'query.lookback-delta',
  'web.external-url',
  'web.route-prefix',
];
const FILE_SETTINGS = [
  ['global', 'scrape_interval'],
  ['global', 'scrape_timeout'],
  ['global', 'evaluation_interval'],
  ['storage', 'tsdb', 'out_of_order_time_window'],
  ['storage', 'exemplars', 'max_exemplars'],
  ['otlp', 'translation_strategy'],
  ['otlp', 'promote_all_resource_attributes'],
  ['otlp', 'keep_identifying_resource_attributes'],
];

function readSettings(root: ConfigNode | undefined, command: PrometheusCommand, facts: FactsDraft): void {
  for (const name of FLAG_SETTINGS) {
    const found = command.text(name, '');
    if (found.value !== '') facts.settings[`--${name}`] = found;
  }
  for (const path of FILE_SETTINGS) {
    const found = scalarSetting(path.join('.'), nodeAt(root, ...path));
    if (found !== undefined) facts.settings[found.key] = found;
  }
  const promoted = nodeAt(root, 'otlp', 'promote_resource_attributes');
  if (promoted !== undefined) {
    const names = itemsOf(promoted).map((item) => textAt(item) ?? '');
    const key = 'otlp.promote_resource_attributes';
    facts.settings[key] = setting(key, names.join(','), 'file', promoted.at);
  }
  for (const [label, entry] of entriesOf(nodeAt(root, 'global', 'external_labels'))) {
    const found = scalarSetting(`global.external_labels.${label}`, entry.node);
    if (found !== undefined) facts.settings[found.key] = found;
  }
}
