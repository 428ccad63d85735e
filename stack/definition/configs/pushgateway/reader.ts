import type { EngineFacts, Listener } from '../../facts.ts';
import { readWebConfig } from '../prometheus/web.ts';
import type { ReaderContext } from '../reader.ts';
import { joinPath, parseListenAddress } from '../shared/addresses.ts';
import { engineWords, lastFlag, parseFlags } from '../shared/command-line.ts';
import { resolvePath, wordOrigin } from '../shared/container-files.ts';
import { emptyFacts, setting } from '../shared/facts-builder.ts';
import { didYouMean, FindingList } from '../shared/findings.ts';

const BOOLEAN = [
  'version',
  'help',
  'h',
  'web.enable-lifecycle',
  'web.enable-admin-api',
  'web.systemd-socket',
  'push.disable-consistency-check',
  'push.enable-utf8-names',
];
const VALUED = `web.listen-address web.config.file web.telemetry-path web.external-url web.route-prefix persistence.file
persistence.interval log.level log.format`.split(/\s+/);

/**
 * Reads Pushgateway's command line; it has no configuration file but the one for TLS and passwords.
 *
 * @see https://github.com/prometheus/pushgateway#run-it
 */
export function readPushgateway(context: ReaderContext): EngineFacts {
  const findings = new FindingList(context.service.name);
  const words = engineWords(context.argv, ['pushgateway', 'prometheus-pushgateway']);
  const line = parseFlags(words.slice(1), { style: 'kingpin', isBoolean: (name) => BOOLEAN.includes(name) });
  for (const flag of line.flags) {
    if (BOOLEAN.includes(flag.name) || VALUED.includes(flag.name)) continue;
    const meant = didYouMean(flag.name, [...BOOLEAN, ...VALUED]);
    const remedy = meant === undefined ? 'Remove the flag.' : `Did you mean --${meant}?`;
    findings.error('CONFIG-FLAG', flag.at, `Pushgateway has no flag --${flag.name}, and refuses to start.`, remedy);
  }
  const facts = emptyFacts('pushgateway');
  const workingDir = context.service.workingDir ?? '/pushgateway';
  const webFile = lastFlag(line, 'web.config.file');
  const web =
    webFile === undefined
      ? { tls: false }
      : readWebConfig(context, resolvePath(workingDir, webFile.value), webFile.at, findings);
  const listen = line.flags.filter(({ name }) => name === 'web.listen-address');
  const route = lastFlag(line, 'web.route-prefix')?.value;
  const external = /^[a-z]+:\/\/[^/]*(\/[^?#]*)?/i.exec(lastFlag(line, 'web.external-url')?.value ?? '')?.[1];
  const prefix = (route ?? external ?? '').replace(/\/+$/, '');
  for (const use of listen.length === 0 ? [undefined] : listen) {
    const address = parseListenAddress(use?.value ?? ':9091');
    if (address === undefined) {
      findings.error(
        'CONFIG-ADDRESS',
        use?.at,
        `"${use?.value}" is not an address to listen on.`,
        'Write host:port, or :port.',
      );
      continue;
    }
    const origin = use === undefined ? undefined : wordOrigin(use.at);
    const common = { ...address, ...web, ...(origin?.at === undefined ? {} : { at: origin.at }) };
    const enabled = setting('--web.listen-address', true, origin?.from ?? 'default', origin?.at);
    const add = (part: Pick<Listener, 'component' | 'protocol' | 'signals'> & { path: string }): void => {
      facts.listeners.push({ ...common, ...part, path: joinPath(prefix, part.path), enabled });
    };
    add({ component: 'push', protocol: 'pushgateway', signals: ['metrics'], path: '/metrics/job' });
    add({ component: 'http', protocol: 'http-api', signals: [], path: '/' });
    add({
      component: 'metrics',
      protocol: 'prometheus-scrape',
      signals: [],
      path: lastFlag(line, 'web.telemetry-path')?.value ?? '/metrics',
    });
  }
  const flag = (name: string) => {
    const use = lastFlag(line, name);
    const origin = use === undefined ? { from: 'default' as const } : wordOrigin(use.at);
    return { key: `--${name}`, value: use !== undefined && use.value !== 'false', ...origin };
  };
  facts.features = { 'admin-api': flag('web.enable-admin-api'), 'lifecycle-api': flag('web.enable-lifecycle') };
  const file = lastFlag(line, 'persistence.file');
  if (file !== undefined && file.value !== '') {
    facts.storage.push({ path: resolvePath(workingDir, file.value), what: 'pushed metrics', at: file.at });
  }
  facts.findings.push(...findings.all);
  return facts;
}
