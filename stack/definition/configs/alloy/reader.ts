import { posix } from 'node:path';
import type { ConfigFile, EngineFacts } from '../../facts.ts';
import { attributeOf, blockOf } from '../../syntax/alloy/ast.ts';
import { parseAlloy } from '../../syntax/alloy/parser.ts';
import type { CommandWord } from '../../types.ts';
import type { ConfigReader, ReaderContext } from '../reader.ts';
import { parseListenAddress } from '../shared/addresses.ts';
import {
  type CommandLine,
  engineWords,
  type FlagUse,
  lastFlag,
  parseFlags,
  parseGoBool,
} from '../shared/command-line.ts';
import { fileName, resolvePath, wordOrigin } from '../shared/container-files.ts';
import { emptyFacts, type FactsDraft, setting } from '../shared/facts-builder.ts';
import { FindingList } from '../shared/findings.ts';
import { versionNumbers } from '../shared/versions.ts';
import { checkArguments } from './check-arguments.ts';
import { checkComponents, type VersionFacts } from './check-components.ts';
import { checkOutlet, checkReferences } from './check-references.ts';
import { checkRoutes } from './check-routes.ts';
import { LAST_KNOWN_MINOR } from './component-list.ts';
import { outletsOf, ownTelemetry } from './connections.ts';
import { listenersOf } from './listeners.ts';
import { type AlloyComponent, type AlloyModuleReader, AlloyScope } from './modules.ts';
import { outputsOf } from './outputs.ts';
import { findRoutes } from './routes.ts';
import { scrapeOf } from './scrapes.ts';

const BOOLEAN_FLAGS: ReadonlySet<string> = new Set([
  'server.http.enable-pprof',
  'server.http.disable-support-bundle',
  'server.http.enable-graphql',
  'server.http.enable-graphql-playground',
  'disable-reporting',
  'cluster.enabled',
  'cluster.enable-tls',
  'config.bypass-conversion-errors',
  'feature.community-components.enabled',
  'feature.prometheus.direct-fanout.enabled',
]);

/**
 * Reads what an Alloy's command line and configuration say.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/cli/run/
 * @see https://grafana.com/docs/alloy/latest/reference/components/
 */
export const readAlloy: ConfigReader = (context): EngineFacts => {
  const findings = new FindingList(context.service.name);
  const line = commandLine(context);
  const files = configFiles(context, line, findings);
  const facts = emptyFacts('alloy', files);
  serverFacts(facts, context, line);
  const format = lastFlag(line, 'config.format');
  if (format === undefined || format.value === 'alloy') pipelineFacts(facts, context, line, findings);
  else {
    findings.warning(
      'CONFIG-ALLOY-FORMAT',
      format.at,
      `The configuration is converted from "${format.value}" at start, and is not read here.`,
      'Convert it with `alloy convert` and mount the result.',
    );
  }
  facts.findings.push(...findings.all);
  return facts;
};

function commandLine(context: ReaderContext): CommandLine {
  const [, ...words] = engineWords(context.argv, ['alloy', 'alloy-linux-amd64', 'alloy-linux-arm64']);
  const line = parseFlags(words, { style: 'pflag', isBoolean: (name) => BOOLEAN_FLAGS.has(name) });
  const [command, ...positional] = line.positional;
  return command?.text === 'run' ? { ...line, positional } : line;
}

function configFiles(context: ReaderContext, line: CommandLine, findings: FindingList): ConfigFile[] {
  const [word] = line.positional;
  if (word === undefined) {
    findings.error(
      'CONFIG-FILE-MISSING',
      context.service.at,
      'Alloy is started without a configuration file.',
      'Name it after `run`: `run /etc/alloy/config.alloy`.',
    );
    return [];
  }
  const path = resolvePath(context.service.workingDir ?? '/', word.text);
  const file = context.readFile(path);
  if (file !== undefined) return [file];
  const names = context.listDirectory(path).filter((name) => name.endsWith('.alloy'));
  const files = names.flatMap((name) => context.readFile(posix.join(path, posix.basename(name))) ?? []);
  if (files.length === 0) missing(context, word, path, findings);
  return files;
}

function missing(context: ReaderContext, word: CommandWord, path: string, findings: FindingList): void {
  // The image brings a configuration of its own, and one that the stack builds may hold the file.
  if (word.at.file === '(image)' || context.service.build !== undefined) return;
  const remedy = `Mount a file at ${path}, or correct the path.`;
  findings.error(
    'CONFIG-FILE-MISSING',
    word.at,
    `The configuration ${path} is not in the container: nothing is mounted there.`,
    remedy,
  );
}

function serverFacts(facts: FactsDraft, context: ReaderContext, line: CommandLine): void {
  const flag = lastFlag(line, 'server.http.listen-addr');
  const address = parseListenAddress(flag?.value ?? '127.0.0.1:12345') ?? { host: '127.0.0.1', port: 12345 };
  facts.listeners.push({
    component: 'http',
    protocol: 'http-api',
    ...address,
    tls: false,
    signals: [],
    enabled: setting('--server.http.listen-addr', true, 'default'),
    ...(flag === undefined ? {} : placed(flag)),
  });
  const storage = lastFlag(line, 'storage.path');
  facts.storage.push({
    path: resolvePath(context.service.workingDir ?? '/', storage?.value ?? 'data-alloy/'),
    what: 'write-ahead logs, positions and queues',
    ...(storage === undefined ? {} : placed(storage)),
  });
  const reporting = lastFlag(line, 'disable-reporting');
  facts.features['usage-reporting'] =
    reporting === undefined
      ? setting('--disable-reporting', true, 'default')
      : { key: '--disable-reporting', value: parseGoBool(reporting.value) !== true, ...wordOrigin(reporting.at) };
  for (const name of ['stability.level', 'storage.path', 'server.http.listen-addr', 'server.http.ui-path-prefix']) {
    const use = lastFlag(line, name);
    if (use !== undefined) facts.settings[`--${name}`] = { key: `--${name}`, value: use.value, ...wordOrigin(use.at) };
  }
}

function placed(flag: FlagUse): { at?: FlagUse['at'] } {
  const { at } = wordOrigin(flag.at);
  return at === undefined ? {} : { at };
}

function versionFacts(context: ReaderContext, line: CommandLine): VersionFacts {
  const [major, minor = 0] = versionNumbers(context.version) ?? [];
  const level = lastFlag(line, 'stability.level')?.value;
  const community = lastFlag(line, 'feature.community-components.enabled')?.value ?? 'false';
  return {
    minor,
    certain: major === 1 && minor <= LAST_KNOWN_MINOR,
    level: level === 'experimental' ? 'experimental' : level === 'public-preview' ? 'preview' : 'ga',
    community: parseGoBool(community) === true,
  };
}

function pipelineFacts(facts: FactsDraft, context: ReaderContext, line: CommandLine, findings: FindingList): void {
  const parsed = facts.files.map((file) => parseAlloy(file.text, fileName(file)));
  for (const { problems } of parsed) findings.take(problems);
  const readable = parsed.every(({ problems }) => problems.length === 0);
  const reader: AlloyModuleReader = {
    environment: (name) => context.environment[name]?.value ?? '',
    readFile: (path) => context.readFile(resolvePath(context.service.workingDir ?? '/', path)),
    findings,
  };
  const scope = new AlloyScope(
    reader,
    parsed.flatMap(({ body }) => body),
  ).load();
  const components = [...scope.all.values()];
  const routes = findRoutes(components);
  // After a syntax error too much is missing to tell what is wrong besides.
  if (readable) check(scope, components, versionFacts(context, line), findings);
  for (const component of components) {
    facts.listeners.push(...listenersOf(component));
    const reaching = routes.reaching.get(component.id) ?? new Set();
    facts.outputs.push(...outputsOf(component, { reader, findings, reaching }));
    const scrape = scrapeOf(component);
    if (scrape !== undefined) facts.scrapes.push(scrape);
  }
  facts.pipelines.push(...routes.pipelines);
  if (readable) checkRoutes(components, scope, routes, findings);
  httpBlock(facts, scope);
  if (attributeOf(blockOf(scope.body, 'remotecfg')?.body ?? [], 'url') !== undefined) {
    const at = blockOf(scope.body, 'remotecfg')?.at;
    findings.warning(
      'CONFIG-ALLOY-REMOTE',
      at,
      'remotecfg fetches further configuration, which is not read here.',
      'Nothing, if that is meant.',
    );
  }
}

function check(
  scope: AlloyScope,
  components: readonly AlloyComponent[],
  version: VersionFacts,
  findings: FindingList,
): void {
  const scopes = new Set([scope, ...components.map((component) => component.scope)]);
  const own = new FindingList('');
  for (const inner of scopes) {
    checkComponents(inner, version, own);
    checkReferences(inner, own);
    for (const outlet of ownTelemetry(inner)) checkOutlet(outlet, outlet.attribute, own);
  }
  for (const component of components) {
    if (!component.scope.isCustom(component.type)) checkArguments(component.block, own, version.certain);
    for (const outlet of outletsOf(component)) checkOutlet(outlet, component.id, own);
  }
  // A custom component that is used twice, or a loop, shows the same place several times.
  const seen = new Set<string>();
  for (const finding of own.all) {
    const { service: _, ...rest } = finding;
    const key = `${finding.id} ${finding.at?.file}:${finding.at?.line}:${finding.at?.column}`;
    if (!seen.has(key)) findings.take([rest]);
    seen.add(key);
  }
}

/** The `http` block sets TLS and authentication of Alloy's own server. */
function httpBlock(facts: FactsDraft, scope: AlloyScope): void {
  const http = blockOf(scope.body, 'http');
  const [server] = facts.listeners;
  if (http === undefined || server === undefined) return;
  const basic = blockOf(blockOf(http.body, 'auth')?.body ?? [], 'basic');
  facts.listeners[0] = {
    ...server,
    tls: blockOf(http.body, 'tls') !== undefined,
    ...(basic === undefined ? {} : { auth: { kind: 'basic', at: basic.at } }),
  };
}
