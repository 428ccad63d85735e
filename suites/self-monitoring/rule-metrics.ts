import { HttpClient } from '../../helpers/clients/http.ts';
import { type MetricFamily, parseMetricsText } from '../../helpers/clients/metrics-text.ts';
import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import { type PromqlSelector, promqlSelectors } from '../../stack/definition/configs/prometheus/promql.ts';
import type { Rule } from '../../stack/definition/facts.ts';
import { formatPosition } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { CheckContext, RowTarget } from '../types.ts';
import { scrapeTargets } from './targets.ts';

/** What Prometheus writes for each target, with the labels of the target and no others. */
const OF_A_SCRAPE = [
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
];

/** Metrics by name, with every label name that one of their series has. */
type Known = ReadonlyMap<string, ReadonlySet<string>>;

export const rulesAskForWhatExists = requirement({
  id: 'SELF-RULE-02',
  level: 'MUST',
  area: 'self-monitoring',
  title: 'The metrics and labels that a rule asks for are not misspelt',
  because: 'a rule about a metric that does not exist is valid, is healthy, and never fires',
  source: 'https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/',
  promise: 'rule',
  when: 'plain',
  after: 'end',
  targets: (stack: StackDefinition): readonly RowTarget[] =>
    stack.services
      .filter(({ engine, facts }) => engine === 'prometheus' && (facts?.rules.length ?? 0) > 0)
      .map((service) => ({ subject: service.name, column: '', service })),
  async check(context, target) {
    const rules = (target.service.facts?.rules ?? []).flatMap((group) => group.rules);
    const known = await knownMetrics(context, target, rules);
    const faults = rules.flatMap((rule) => {
      const [why] = promqlSelectors(rule.expr).flatMap((selector) => misspelling(selector, known) ?? []);
      return why === undefined ? [] : [`${rule.name} (${formatPosition(rule.exprAt ?? rule.at)}) ${why}`];
    });
    if (faults.length === 0) return kept(`${rules.length} rules, against ${known.size} metrics that are there`);
    return broken({
      message: `${faults.join('; ')}.`,
      expected: 'metrics and labels that something in this stack has',
      got: 'names that nothing has, and that come close to one that is there',
      remedy: 'Correct the name, or remove the rule.',
      evidence: context.evidence.list(),
    });
  },
});

/** What the targets show now, what Prometheus writes itself, and what rules record. */
async function knownMetrics(context: CheckContext, target: RowTarget, rules: readonly Rule[]): Promise<Known> {
  const known = new Map<string, Set<string>>();
  const add = (name: string, labels: Iterable<string>): void => {
    const all = known.get(name) ?? new Set(['job', 'instance']);
    for (const label of labels) all.add(label);
    known.set(name, all);
  };
  const prometheus = new PrometheusClient(context.clientOptions(target.service));
  const { active } = await prometheus.targets('active');
  const ofTargets = new Set(active.flatMap(({ labels }) => Object.keys(labels)));
  for (const name of OF_A_SCRAPE) add(name, ofTargets);
  const stored = await prometheus.series(['{__name__!=""}']);
  for (const { __name__: name = '', ...labels } of stored) add(name, Object.keys(labels));
  for (const family of await shownMetrics(context, target)) {
    for (const { name, labels } of family.samples) {
      add(name, [...ofTargets, ...Object.keys(labels)]);
      // Asked for OpenMetrics, as Prometheus does, the same exporter writes its counters with this ending.
      if (family.type === 'counter' && !name.endsWith('_total')) add(`${name}_total`, known.get(name) ?? []);
    }
  }
  for (const rule of rules) {
    if (rule.kind === 'record') add(rule.name, []);
  }
  return known;
}

/** The metrics of the targets that are services of this stack, asked without waiting for the next scrape. */
async function shownMetrics(context: CheckContext, target: RowTarget): Promise<readonly MetricFamily[]> {
  const own = scrapeTargets(context.definition).filter(({ subject }) => subject === target.subject);
  const families = await Promise.all(
    own.map(async ({ promise, address, job }) => {
      const scraped = context.definition.services.find(({ name }) => name === promise?.subject);
      const path = target.service.facts?.scrapes.find((one) => one.job === job)?.metricsPath ?? '/metrics';
      const port = Number(/:(\d+)$/.exec(address)?.[1] ?? 80);
      if (scraped === undefined) return [];
      try {
        const client = new HttpClient({ ...context.clientOptions(scraped, { port }), timeoutMs: 5_000 });
        return parseMetricsText((await client.request({ path })).body);
      } catch {
        // A target that is down is the affair of SELF-TARGET-01.
        return [];
      }
    }),
  );
  return families.flat();
}

/** Why a selector can only be a slip of the pen; undefined where it may well be right. */
function misspelling({ metric, matchers }: PromqlSelector, known: Known): string | undefined {
  const names = [...known.keys()];
  if (metric === undefined) {
    const pattern = matchers.find(({ name, op }) => name === '__name__' && op === '=~')?.value;
    return pattern === undefined ? undefined : misspeltPattern(pattern, names);
  }
  const labels = known.get(metric);
  if (labels === undefined) {
    const meant = slipOf(metric, names);
    return meant === undefined ? undefined : `asks for ${metric}, which nothing has; ${meant} is there`;
  }
  for (const { name, op, value } of matchers) {
    if (labels.has(name) || value === '' || !(op === '=' || (op === '=~' && !matchesEmpty(value)))) continue;
    const meant = slipOf(name, [...labels]);
    if (meant !== undefined) return `asks for the label ${name} of ${metric}, which no series has; ${meant} is there`;
  }
  return undefined;
}

function misspeltPattern(pattern: string, names: readonly string[]): string | undefined {
  const literal = /^[\w:]*/.exec(pattern)?.[0] ?? '';
  if (literal.length < 6) return undefined;
  let regex: RegExp;
  try {
    regex = new RegExp(`^(?:${pattern})$`);
  } catch {
    return undefined;
  }
  if (names.some((name) => regex.test(name) || name.startsWith(literal))) return undefined;
  const meant = slipOf(literal, [...new Set(names.map((name) => name.slice(0, literal.length)))]);
  return meant === undefined ? undefined : `asks for metrics like ${pattern}, which nothing has; ${meant}… is there`;
}

function matchesEmpty(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test('');
  } catch {
    return true;
  }
}

/** Other names may not exist yet, or come from elsewhere: only what is one or two letters beside one that is there. */
function slipOf(word: string, candidates: readonly string[]): string | undefined {
  const plain = (text: string): string => text.replace(/_total$/, '');
  return candidates.find((candidate) => {
    if (candidate === word) return false;
    if (plain(candidate) === plain(word)) return true;
    // Short words are often neighbours (code, node): there a letter must be missing or too many.
    if (word.length <= 4) return candidate.length !== word.length && edits(word, candidate) <= 1;
    const allowed = 2;
    return Math.abs(candidate.length - word.length) <= allowed && edits(word, candidate) <= allowed;
  });
}

/** Letters that are added, left out, changed or swapped with their neighbour. */
function edits(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const above = rows[row - 1] ?? [];
      const changed = (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      let best = Math.min(changed, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        best = Math.min(best, (rows[row - 2]?.[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    rows.push(current);
  }
  return rows[left.length]?.[right.length] ?? 0;
}
