import { HttpClient } from '../../helpers/clients/http.ts';
import { parseMetricsText } from '../../helpers/clients/metrics-text.ts';
import { type LabelSet, relabel } from '../../stack/definition/configs/shared/relabel.ts';
import type { ScrapeJob } from '../../stack/definition/facts.ts';
import { formatPosition, type Setting } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { Outcome, RowTarget } from '../types.ts';
import { scrapeTargets } from './targets.ts';

/** Only a job with rules or limits of its own can lose what its target shows. */
function reshapedTargets(stack: StackDefinition): readonly RowTarget[] {
  return scrapeTargets(stack).filter((target) => {
    const job = jobOf(target, target.job);
    return job?.metricRelabel !== undefined || job?.scrapeLimits !== undefined;
  });
}

function jobOf({ service }: RowTarget, name: string): ScrapeJob | undefined {
  return service.facts?.scrapes.find(({ job }) => job === name);
}

export const scrapedSamplesAreStored = requirement({
  id: 'SELF-TARGET-02',
  level: 'MUST',
  area: 'self-monitoring',
  title: 'What a target shows gets past the relabelling and the limits of its job',
  because: 'a target whose samples are all dropped is still shown as up',
  source: 'https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config',
  promise: 'route.scrape',
  when: 'plain',
  after: 'end',
  targets: reshapedTargets,
  async check(context, target) {
    const scraped = context.definition.services.find(({ name }) => name === target.promise?.subject);
    const [scrape] = scrapeTargets(context.definition).filter(
      ({ subject, column }) => subject === target.subject && column === target.column,
    );
    const job = scrape === undefined ? undefined : jobOf(scrape, scrape.job);
    if (scraped === undefined || scrape === undefined || job === undefined) {
      return { kind: 'not-applicable', why: 'what is scraped is no service of this stack' };
    }
    const port = Number(/:(\d+)$/.exec(scrape.address)?.[1] ?? (job.scheme === 'https' ? 443 : 80));
    const client = new HttpClient({ ...context.clientOptions(scraped, { port }), timeoutMs: 5_000 });
    const answer = await client.request({ path: job.metricsPath });
    if (answer.status !== 200) {
      return {
        kind: 'blocked',
        by: `SELF-TARGET-01 ${target.subject} ${target.column}`,
        why: `${job.metricsPath} of ${scraped.name} answers ${answer.status}.`,
      };
    }
    return judge(job, scrape.address, answer.body);
  },
});

function judge(job: ScrapeJob, address: string, body: string): Outcome {
  const own = { job: job.job, instance: address };
  const series = parseMetricsText(body).flatMap(({ samples }) =>
    samples.map(({ name, labels }): LabelSet => ({ ...own, ...labels, __name__: name })),
  );
  if (series.length === 0) return { kind: 'not-applicable', why: `${address} shows no metric` };
  const fates = series.map((labels) => relabel(labels, job.metricRelabel ?? []));
  if (fates.some(({ kind }) => kind === 'unknown')) {
    return { kind: 'not-applicable', why: 'the relabelling of this job is not computed' };
  }
  const stored = fates.flatMap((fate) => (fate.kind === 'kept' ? [fate.labels] : []));
  const first = fates[0];
  if (stored.length === 0 && first?.kind === 'dropped') {
    const { by } = first;
    return broken({
      message: `${address} shows ${series.length} samples, and the metric_relabel_configs of the job ${job.job} drop all of them: action ${by.action} with regex ${by.regex} (${formatPosition(by.at)}).`,
      expected: 'some samples that are stored',
      got: 'none',
      remedy: 'Correct the regex, or remove the rule.',
    });
  }
  const exceeded = (job.scrapeLimits ?? []).flatMap((limit) => {
    const much = measure(limit, stored, body);
    return much > limit.value ? [{ limit, much }] : [];
  })[0];
  if (exceeded === undefined) return kept(`${stored.length} of ${series.length} samples get through`);
  const { limit, much } = exceeded;
  return broken({
    message: `${address} shows ${much} where ${limit.key} of the job ${job.job} allows ${limit.value}${limit.at ? ` (${formatPosition(limit.at)})` : ''}: the whole scrape fails, and the target is down.`,
    expected: `${limit.value} at most`,
    got: String(much),
    remedy: `Raise ${limit.key} well above what the target shows, or remove it.`,
  });
}

/** What the limit counts, in what is left after relabelling. The text may be longer than what is really negotiated. */
function measure({ key }: Setting<number>, stored: readonly LabelSet[], body: string): number {
  const most = (values: readonly number[]) => values.reduce((left, right) => Math.max(left, right), 0);
  switch (key) {
    case 'sample_limit':
      return stored.length;
    case 'label_limit':
      return most(stored.map((labels) => Object.keys(labels).length));
    case 'label_name_length_limit':
      return most(stored.flatMap((labels) => Object.keys(labels).map((name) => name.length)));
    case 'label_value_length_limit':
      return most(stored.flatMap((labels) => Object.values(labels).map((value) => value.length)));
    case 'body_size_limit':
      return Math.floor(body.length / 2);
    default:
      return 0;
  }
}
