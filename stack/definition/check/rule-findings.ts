import { promqlRanges, promqlSelectors } from '../configs/prometheus/promql.ts';
import { formatDuration } from '../configs/shared/durations.ts';
import { didYouMean } from '../configs/shared/findings.ts';
import type { Rule } from '../facts.ts';
import type { Finding } from '../position.ts';
import { type EngineService, engines, type StackView } from '../promises/stack-view.ts';

/** What Prometheus itself writes for each target that it scrapes. */
const OF_A_SCRAPE = /^(up|scrape_\w+)$/;

/**
 * Rules that can never find anything, as the files show: a job that is not scraped, a window that is shorter than the
 * time between two samples. What else puts samples there (remote write, federation, discovery) is taken into account.
 */
export function ruleFindings(view: StackView): Finding[] {
  return engines(view)
    .filter(({ engine, facts }) => engine === 'prometheus' && facts.rules.length > 0)
    .flatMap((service) =>
      service.facts.rules.flatMap(({ rules }) =>
        rules.flatMap((rule) => [...unknownJobs(service, rule), ...shortWindows(service, rule)]),
      ),
    );
}

/** Samples come in that no scrape job of these files accounts for. */
function takesFromElsewhere({ facts }: EngineService): boolean {
  const pushed = facts.listeners.some(
    ({ protocol, enabled }) => enabled.value && (protocol === 'prometheus-remote-write' || protocol === 'otlp-http'),
  );
  return (
    pushed ||
    facts.scrapes.some(({ discovered, honorLabels }) => discovered || honorLabels) ||
    facts.outputs.some(({ purpose, protocol }) => purpose === 'query' && protocol === 'prometheus-remote-write')
  );
}

function unknownJobs(service: EngineService, rule: Rule): Finding[] {
  const jobs = service.facts.scrapes.map(({ job }) => job);
  // Relabelling may give any target another job.
  const text = service.facts.files.map((file) => file.text).join('\n');
  if (/target_label["']?\s*:\s*["']?job\b/.test(text) || /^\s*-?\s*["']?job["']?\s*:/m.test(text)) return [];
  const open = takesFromElsewhere(service);
  return promqlSelectors(rule.expr).flatMap(({ metric, matchers }): Finding[] => {
    if (metric === undefined || !OF_A_SCRAPE.test(metric)) return [];
    return matchers.flatMap(({ name, op, value }): Finding[] => {
      if (name !== 'job' || (op !== '=' && op !== '=~') || value === '') return [];
      const named = op === '=' ? [value] : value.split('|');
      if (op === '=~' && !named.every((one) => /^[\w-]+$/.test(one))) return [];
      const missing = named.filter((one) => !jobs.includes(one));
      if (missing.length < named.length) return [];
      const meant = didYouMean(missing[0] ?? '', jobs);
      if (open && meant === undefined) return [];
      return [
        {
          id: 'REF-RULE-JOB',
          severity: open ? 'warning' : 'error',
          at: rule.exprAt ?? rule.at,
          service: service.name,
          message: `The rule ${rule.name} asks for ${metric} of the job "${value}", and ${service.name} scrapes no job of that name (${jobs.join(', ') || 'none at all'}): it can never ${rule.kind === 'alert' ? 'fire' : 'have a value'}.`,
          remedy: meant === undefined ? 'Name a job of scrape_configs.' : `Did you mean "${meant}"?`,
        },
      ];
    });
  });
}

/** Functions that need two samples at least. */
const OF_TWO_SAMPLES = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'predict_linear', 'resets']);

function shortWindows(service: EngineService, rule: Rule): Finding[] {
  const { scrapes } = service.facts;
  if (scrapes.length === 0) return [];
  const shortest = Math.min(...scrapes.map(({ intervalMs }) => intervalMs));
  return promqlRanges(rule.expr)
    .filter(({ func, windowMs }) => OF_TWO_SAMPLES.has(func) && windowMs <= shortest)
    .slice(0, 1)
    .map(({ func, windowMs }) => ({
      id: 'REF-RULE-WINDOW',
      severity: takesFromElsewhere(service) ? 'warning' : 'error',
      at: rule.exprAt ?? rule.at,
      service: service.name,
      message: `The rule ${rule.name} takes ${func} over ${formatDuration(windowMs)}, and ${service.name} scrapes every ${formatDuration(shortest)} at most: two samples never lie in that window, and there is no value.`,
      remedy: `Use a window of four scrape intervals or more: ${formatDuration(shortest * 4)}.`,
    }));
}
