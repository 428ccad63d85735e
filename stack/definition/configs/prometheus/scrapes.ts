import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Output, ScrapeJob } from '../../facts.ts';
import type { Position } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { parseListenAddress } from '../shared/addresses.ts';
import { formatDuration, parsePrometheusDuration } from '../shared/durations.ts';
import { setting } from '../shared/facts-builder.ts';
import type { FindingList } from '../shared/findings.ts';
import { prometheusHttpClient } from '../shared/http-client.ts';
import { readRelabelRules, relabel } from '../shared/relabel.ts';
import { parseBase2Bytes } from '../shared/sizes.ts';

export interface ScrapeDefaults {
  readonly intervalMs: number;
  /** Directory against which relative paths are resolved. */
  readonly base: string;
}

/** Prometheus' own default of `global.scrape_interval`. */
export const DEFAULT_SCRAPE_INTERVAL_MS = 60_000;

/**
 * Reads `scrape_configs`, which Prometheus and the Collector's Prometheus receiver share. Targets of discovery, and
 * those whose address a relabelling computes, cannot be told from the file: such a job is `discovered`. An address that
 * relabelling sets to a constant (a blackbox exporter) is the target.
 *
 * @returns Jobs, and one output of purpose `scrape` for each target.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config
 */
export function readScrapeConfigs(
  list: ConfigNode | undefined,
  defaults: ScrapeDefaults,
  context: Pick<ReaderContext, 'readFile'>,
  findings: FindingList,
  componentPrefix = 'scrape',
): { jobs: ScrapeJob[]; outputs: Output[] } {
  const jobs: ScrapeJob[] = [];
  const outputs: Output[] = [];
  const seen = new Map<string, Position>();
  for (const node of itemsOf(list)) {
    if (node.kind !== 'map') continue;
    const job = textAt(node, 'job_name');
    if (job === undefined || job === '') {
      findings.error('CONFIG-SCRAPE-JOB', node.at, 'A scrape configuration has no job_name.', 'Give it a job_name.');
      continue;
    }
    const nameAt = nodeAt(node, 'job_name')?.at ?? node.at;
    const earlier = seen.get(job);
    if (earlier !== undefined) {
      findings.error(
        'CONFIG-SCRAPE-JOB',
        nameAt,
        `The job name "${job}" stands twice; the first is in line ${earlier.line}.`,
        'Give each job a name of its own.',
      );
    }
    seen.set(job, nameAt);
    const scrape = readJob(node, job, defaults, findings);
    jobs.push(scrape);
    const client = prometheusHttpClient(node, context, defaults.base);
    for (const target of scrape.targets) {
      const address = parseListenAddress(target.address);
      if (address === undefined) continue;
      outputs.push({
        component: `${componentPrefix}/${job}`,
        purpose: 'scrape',
        protocol: 'prometheus-scrape',
        signals: ['metrics'],
        target: { written: target.address, scheme: scrape.scheme, ...address, path: scrape.metricsPath, ...client },
        at: target.at,
      });
    }
  }
  return { jobs, outputs };
}

function readJob(node: ConfigNode, job: string, defaults: ScrapeDefaults, findings: FindingList): ScrapeJob {
  const scheme = textAt(node, 'scheme') === 'https' ? 'https' : 'http';
  const relabelled = addressRelabelling(node);
  const discovery = entriesOf(node).some(([key]) => key.endsWith('_sd_configs'));
  const targets: { address: string; at: Position }[] = [];
  for (const group of itemsOf(nodeAt(node, 'static_configs'))) {
    for (const target of itemsOf(nodeAt(group, 'targets'))) {
      const written = target.kind === 'scalar' && target.value !== null ? String(target.value) : undefined;
      if (written === undefined) continue;
      if (written.includes('/') && nodeAt(node, 'relabel_configs') === undefined) {
        findings.error(
          'CONFIG-SCRAPE-TARGET',
          target.at,
          `"${written}" is not a target: a target is a host and a port, and Prometheus refuses the file.`,
          'Write host:port; scheme and path go into "scheme" and "metrics_path".',
        );
        continue;
      }
      targets.push({ address: withPort(relabelled.constant ?? written, scheme), at: target.at });
    }
  }
  reportDroppedTargets(node, job, scheme, findings);
  const interval = textAt(node, 'scrape_interval');
  const intervalMs = interval === undefined ? undefined : parsePrometheusDuration(interval);
  const timeout = parsePrometheusDuration(textAt(node, 'scrape_timeout') ?? '');
  const inForce = intervalMs === undefined || intervalMs === 0 ? defaults.intervalMs : intervalMs;
  if (timeout !== undefined && timeout > 0 && timeout < SHORTEST_TIMEOUT_MS) {
    findings.error(
      'CONFIG-VALUE-TINY',
      nodeAt(node, 'scrape_timeout')?.at,
      `The job ${job} gives up a scrape after ${formatDuration(timeout)}, and no target of some size answers in that time.`,
      'Set scrape_timeout to some seconds, or leave it out.',
    );
  }
  if (timeout !== undefined && timeout > inForce) {
    findings.error(
      'CONFIG-SCRAPE-TIMEOUT',
      nodeAt(node, 'scrape_timeout')?.at,
      `The job ${job} has a scrape_timeout longer than its interval of ${formatDuration(inForce)}, and Prometheus refuses the file.`,
      'Shorten the timeout, or lengthen the interval.',
    );
  }
  const path = textAt(node, 'metrics_path') ?? '/metrics';
  return {
    job,
    targets: relabelled.computed ? [] : targets,
    metricsPath: path.startsWith('/') ? path : `/${path}`,
    scheme,
    intervalMs: inForce,
    honorLabels: textAt(node, 'honor_labels') === 'true',
    discovered: discovery || relabelled.computed,
    ...sampleRules(node),
    at: nodeAt(node, 'job_name')?.at ?? node.at,
  };
}

/** Less than a round trip and the rendering of some hundred metrics take. */
const SHORTEST_TIMEOUT_MS = 50;

const SCRAPE_LIMITS = ['sample_limit', 'label_limit', 'label_name_length_limit', 'label_value_length_limit'];

/** What happens to the samples of a scrape before they are stored. */
function sampleRules(node: ConfigNode): Pick<ScrapeJob, 'metricRelabel' | 'scrapeLimits'> {
  const rules = readRelabelRules(nodeAt(node, 'metric_relabel_configs'));
  const limits = SCRAPE_LIMITS.flatMap((key) => {
    const found = nodeAt(node, key);
    const value = Number(textAt(found) ?? 0);
    return found !== undefined && value > 0 ? [setting(key, value, 'file', found.at)] : [];
  });
  const body = nodeAt(node, 'body_size_limit');
  const size = parseBase2Bytes(textAt(body) ?? '') ?? 0;
  if (body !== undefined && size > 0) limits.push(setting('body_size_limit', size, 'file', body.at));
  return {
    ...(rules.length === 0 ? {} : { metricRelabel: rules }),
    ...(limits.length === 0 ? {} : { scrapeLimits: limits }),
  };
}

/** Relabelling after which none of the targets that stand in the file is left. */
function reportDroppedTargets(node: ConfigNode, job: string, scheme: string, findings: FindingList): void {
  const rules = readRelabelRules(nodeAt(node, 'relabel_configs'));
  const groups = itemsOf(nodeAt(node, 'static_configs'));
  if (rules.length === 0 || groups.length === 0) return;
  if (entriesOf(node).some(([key]) => key.endsWith('_sd_configs'))) return;
  const params = entriesOf(nodeAt(node, 'params')).map(([key, entry]) => {
    return [`__param_${key}`, textAt(itemsOf(entry.node)[0]) ?? ''] as const;
  });
  const fates = groups.flatMap((group) => {
    const own = entriesOf(nodeAt(group, 'labels')).map(([key, entry]) => [key, textAt(entry.node) ?? ''] as const);
    return itemsOf(nodeAt(group, 'targets')).map((target) =>
      relabel(
        {
          job,
          __scheme__: scheme,
          __metrics_path__: textAt(node, 'metrics_path') ?? '/metrics',
          ...Object.fromEntries([...params, ...own]),
          __address__: textAt(target) ?? '',
        },
        rules,
      ),
    );
  });
  const [first] = fates;
  if (first?.kind !== 'dropped' || !fates.every(({ kind }) => kind === 'dropped')) return;
  findings.error(
    'RELABEL-DROPS-ALL',
    first.by.at,
    `The relabelling of the job ${job} drops every target that the job names (action ${first.by.action}, regex ${first.by.regex}): nothing is scraped.`,
    'Correct the regex, or remove the rule.',
  );
}

function withPort(address: string, scheme: 'http' | 'https'): string {
  const parsed = parseListenAddress(address, scheme === 'https' ? 443 : 80);
  if (parsed === undefined) return address;
  return parsed.host.includes(':') ? `[${parsed.host}]:${parsed.port}` : `${parsed.host}:${parsed.port}`;
}

/** What relabelling makes of the address: nothing, one constant, or something that only the engine can tell. */
function addressRelabelling(node: ConfigNode): { constant?: string; computed: boolean } {
  let constant: string | undefined;
  let computed = false;
  for (const rule of itemsOf(nodeAt(node, 'relabel_configs'))) {
    const action = textAt(rule, 'action') ?? 'replace';
    if (action === 'labelmap' || action === 'keep' || action === 'drop') {
      const sources = itemsOf(nodeAt(rule, 'source_labels')).map((source) => textAt(source));
      if (action !== 'labelmap' && sources.includes('__address__')) computed = true;
      continue;
    }
    if (textAt(rule, 'target_label') !== '__address__') continue;
    const replacement = textAt(rule, 'replacement');
    if (replacement !== undefined && !replacement.includes('$') && nodeAt(rule, 'source_labels') === undefined) {
      constant = replacement;
    } else computed = true;
  }
  return { ...(constant === undefined ? {} : { constant }), computed: computed && constant === undefined };
}
