import { posix } from 'node:path';
import { nodeAt, textAt } from '../../config-node.ts';
import type { EngineFacts, Listener } from '../../facts.ts';
import { readWebConfig } from '../prometheus/web.ts';
import type { ReaderContext } from '../reader.ts';
import { joinPath, parseListenAddress } from '../shared/addresses.ts';
import { engineWords, lastFlag, parseFlags } from '../shared/command-line.ts';
import { globFiles, readYaml, resolvePath, wordOrigin } from '../shared/container-files.ts';
import { parseGoDuration, parsePrometheusDuration } from '../shared/durations.ts';
import { emptyFacts, scalarSetting, setting } from '../shared/facts-builder.ts';
import type { KeyShape } from '../shared/findings.ts';
import { didYouMean, FindingList } from '../shared/findings.ts';
import { type KeyRegister, parseKeyTable } from '../shared/key-table.ts';
import { reportTableFaults } from '../shared/table-faults.ts';
import { isNewerMinor } from '../shared/versions.ts';
import { ALERTMANAGER_KEYS, ALERTMANAGER_TABLE_VERSION } from './keys-0-31.ts';
import { receiverOutputs } from './receivers.ts';
import { checkRouting } from './routing.ts';

const BOOLEAN = [
  'version',
  'help',
  'h',
  'web.systemd-socket',
  'auto-gomemlimit',
  'auto-gomaxprocs',
  'cluster.allow-insecure-public-advertise-address-discovery',
];
const VALUED =
  `config.file config.auto-reload-interval storage.path data.retention data.maintenance-interval silences.max-silences
silences.max-silence-size-bytes alerts.gc-interval alerts.per-alertname-limit dispatch.maintenance-interval
dispatch.start-delay web.listen-address web.config.file web.external-url web.route-prefix web.get-concurrency web.timeout
auto-gomemlimit.ratio cluster.listen-address cluster.advertise-address cluster.peer-name cluster.peer
cluster.peer-timeout cluster.peers-resolve-timeout cluster.gossip-interval cluster.pushpull-interval
cluster.tcp-timeout cluster.probe-timeout cluster.probe-interval cluster.settle-timeout cluster.reconnect-interval
cluster.reconnect-timeout cluster.tls-config cluster.label enable-feature log.level log.format`.split(/\s+/);

/**
 * Reads Alertmanager's command line and configuration.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export function readAlertmanager(context: ReaderContext): EngineFacts {
  const findings = new FindingList(context.service.name);
  const words = engineWords(context.argv, ['alertmanager']);
  const line = parseFlags(words.slice(1), { style: 'kingpin', isBoolean: (name) => BOOLEAN.includes(name) });
  for (const flag of line.flags) {
    if (BOOLEAN.includes(flag.name) || VALUED.includes(flag.name)) continue;
    if (isNewerMinor(context.version, ALERTMANAGER_TABLE_VERSION)) continue;
    const meant = didYouMean(flag.name, [...BOOLEAN, ...VALUED]);
    const remedy = meant === undefined ? 'Remove the flag.' : `Did you mean --${meant}?`;
    findings.error('CONFIG-FLAG', flag.at, `Alertmanager has no flag --${flag.name}, and refuses to start.`, remedy);
  }
  const workingDir = context.service.workingDir ?? '/alertmanager';
  const file = lastFlag(line, 'config.file');
  const path = resolvePath(workingDir, file?.value ?? 'alertmanager.yml');
  const read = readYaml(context, path, findings, {
    what: 'configuration file',
    yaml: 'v2',
    ...(file === undefined ? {} : { namedAt: file.at }),
  });
  const facts = emptyFacts('alertmanager', read === undefined ? [] : [read.file]);
  if (read?.root !== undefined) {
    reportTableFaults(findings, {
      engine: 'Alertmanager',
      root: read.root,
      table: withRoutes(parseKeyTable(ALERTMANAGER_KEYS)),
      tableVersion: ALERTMANAGER_TABLE_VERSION,
      version: context.version,
      accepted: (key, where) => key === 'http_config' && where.startsWith('receivers.'),
    });
    checkRouting(read.root, findings);
    const base = posix.dirname(path);
    facts.outputs.push(...receiverOutputs(read.root, context, base));
    for (const item of templatesOf(read.root)) {
      if (globFiles(context, resolvePath(base, item.path)).some((found) => context.readFile(found) !== undefined))
        continue;
      if (/[*?[]/.test(item.path) || context.service.build !== undefined) continue;
      findings.warning(
        'CONFIG-FILE-MISSING',
        item.at,
        `The template ${item.path} is not in the container.`,
        'Mount the file, or correct the path.',
      );
    }
    const timeout = scalarSetting('global.resolve_timeout', nodeAt(read.root, 'global', 'resolve_timeout'));
    if (timeout !== undefined) facts.settings[timeout.key] = timeout;
  }
  const webFile = lastFlag(line, 'web.config.file');
  const web =
    webFile === undefined
      ? { tls: false }
      : readWebConfig(context, resolvePath(workingDir, webFile.value), webFile.at, findings);
  const uses = line.flags.filter(({ name }) => name === 'web.listen-address');
  const prefix = prefixOf(lastFlag(line, 'web.route-prefix')?.value, lastFlag(line, 'web.external-url')?.value);
  for (const use of uses.length === 0 ? [undefined] : uses) {
    const address = parseListenAddress(use?.value ?? ':9093');
    if (address === undefined) {
      findings.error(
        'CONFIG-ADDRESS',
        use?.at,
        `"${use?.value}" is not an address to listen on.`,
        'Write host:port, or :port.',
      );
      continue;
    }
    const add = (component: string, protocol: Listener['protocol'], suffix: string): void => {
      facts.listeners.push({
        component,
        protocol,
        ...address,
        ...web,
        path: joinPath(prefix, suffix),
        signals: [],
        enabled: setting('--web.listen-address', true, use === undefined ? 'default' : wordOrigin(use.at).from),
        ...(use === undefined || wordOrigin(use.at).at === undefined ? {} : { at: use.at }),
      });
    };
    add('http', 'http-api', '/');
    add('api', 'alertmanager-api', '/api/v2/alerts');
    add('metrics', 'prometheus-scrape', '/metrics');
  }
  const storage = lastFlag(line, 'storage.path');
  const storageAt = storage === undefined ? undefined : wordOrigin(storage.at).at;
  facts.storage.push({
    path: resolvePath(workingDir, storage?.value ?? 'data/').replace(/(.)\/+$/, '$1'),
    what: 'silences and the log of notifications',
    ...(storageAt === undefined ? {} : { at: storageAt }),
  });
  const kept = lastFlag(line, 'data.retention');
  const keptMs = parseGoDuration(kept?.value ?? '120h') ?? parsePrometheusDuration(kept?.value ?? '');
  if (keptMs !== undefined) {
    const from = kept === undefined ? { from: 'default' as const } : wordOrigin(kept.at);
    facts.settings['--data.retention'] = { key: '--data.retention', value: keptMs, ...from };
  }
  facts.findings.push(...findings.all);
  return facts;
}

/** Routes hold routes: the table stops at the first, and this goes on. */
function withRoutes(table: KeyRegister): KeyRegister {
  const route = table.shape.keys.route;
  if (typeof route !== 'object' || !('keys' in route)) return table;
  const keys: Record<string, KeyShape> = { ...route.keys };
  const recursive: KeyShape = { keys };
  keys.routes = { list: recursive };
  return { ...table, shape: { keys: { ...table.shape.keys, route: recursive } } };
}

function templatesOf(root: Parameters<typeof nodeAt>[0]) {
  const list = nodeAt(root, 'templates');
  const items = list?.kind === 'list' ? list.items : [];
  return items.flatMap((item) => {
    const path = textAt(item);
    return path === undefined ? [] : [{ path, at: item.at }];
  });
}

function prefixOf(route: string | undefined, external: string | undefined): string {
  const path = route ?? /^[a-z]+:\/\/[^/]*(\/[^?#]*)?/i.exec(external ?? '')?.[1] ?? '';
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}
