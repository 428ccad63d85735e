import { type ConfigNode, itemsOf, nodeAt, textAt } from '../config-node.ts';
import type { Finding } from '../position.ts';
import { type EngineService, engines, type StackView } from '../promises/stack-view.ts';
import { parseYaml } from '../syntax/yaml.ts';

/** Labels that every series, target or alert has, so that `.+` matches all of them. */
const ALWAYS_THERE = new Set(['__name__', '__address__', 'job', 'instance', 'alertname']);

/**
 * Relabelling that drops everything: a `drop` whose expression fits all values (the default expression does), or a
 * `keep` of what none can be. Prometheus takes it without a word, and the target is still shown as up.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
export function relabelFindings(view: StackView): Finding[] {
  return engines(view)
    .filter(({ engine }) => engine === 'prometheus')
    .flatMap((service) => {
      const [config] = service.facts.files;
      if (config === undefined) return [];
      const { root } = parseYaml(config.text, config.file ?? config.containerPath);
      return [
        ...itemsOf(nodeAt(root, 'scrape_configs')).flatMap((job) => {
          const name = textAt(job, 'job_name') ?? '';
          return dropped(service, nodeAt(job, 'metric_relabel_configs'), `every sample of the job ${name}`);
        }),
        ...itemsOf(nodeAt(root, 'remote_write')).flatMap((write) =>
          dropped(service, nodeAt(write, 'write_relabel_configs'), `every sample for ${textAt(write, 'url') ?? 'it'}`),
        ),
        ...dropped(service, nodeAt(root, 'alerting', 'alert_relabel_configs'), 'every alert'),
      ];
    });
}

function dropped(service: EngineService, rules: ConfigNode | undefined, what: string): Finding[] {
  const rule = itemsOf(rules).find(dropsAll);
  if (rule === undefined) return [];
  return [
    {
      id: 'RELABEL-DROPS-ALL',
      severity: 'error',
      at: nodeAt(rule, 'action')?.at ?? rule.at,
      service: service.name,
      message: `This relabelling drops ${what}: its regex ${textAt(rule, 'regex') ?? '(.*), the default,'} fits all values.`,
      remedy: 'Write a regex that fits only what is to be dropped, or remove the rule.',
    },
  ];
}

function dropsAll(rule: ConfigNode): boolean {
  if (textAt(rule, 'action')?.toLowerCase() !== 'drop') return false;
  const regex = (textAt(rule, 'regex') ?? '(.*)').replace(/^\^/, '').replace(/\$$/, '');
  const bare = /^\((?:\?:)?([^()]*)\)$/.exec(regex)?.[1] ?? regex;
  if (bare === '.*') return true;
  const sources = itemsOf(nodeAt(rule, 'source_labels')).map((label) => textAt(label) ?? '');
  return bare === '.+' && sources.some((label) => ALWAYS_THERE.has(label));
}
