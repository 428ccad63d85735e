import { HttpError } from '../../helpers/clients/http-errors.ts';
import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import type { Rule } from '../../helpers/clients/prometheus-types.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { RowTarget } from '../types.ts';

function ruleGroups(stack: StackDefinition): readonly RowTarget[] {
  return stack.services
    .filter(({ engine }) => engine === 'prometheus')
    .flatMap((service) => {
      const names = new Set((service.facts?.rules ?? []).map(({ name }) => name));
      return [...names].map((name) => ({ subject: service.name, column: name, service }));
    });
}

export const rulesAreLoaded = requirement({
  id: 'SELF-RULE-01',
  level: 'MUST',
  area: 'self-monitoring',
  title: 'Every rule of a group is loaded and evaluates without an error',
  because: 'a rule that is not loaded never fires',
  source: 'https://prometheus.io/docs/prometheus/latest/querying/api/#rules',
  promise: 'rule',
  when: 'plain',
  after: 'settled',
  targets: ruleGroups,
  async check(context, target) {
    const written = (target.service.facts?.rules ?? [])
      .filter(({ name }) => name === target.column)
      .flatMap(({ rules }) => rules);
    const client = new PrometheusClient(context.clientOptions(target.service));
    const groups = await client.rules();
    const loaded = groups.filter(({ name }) => name === target.column).flatMap(({ rules }) => rules);
    const absent = written.filter(({ name }) => !loaded.some((rule) => rule.name === name));
    // Prometheus itself evaluates a group for the first time at a random moment of its interval.
    const failing = (await Promise.all(loaded.map((rule) => evaluated(client, rule)))).filter(
      ({ lastError }) => lastError !== '',
    );
    if (written.length > 0 && absent.length === 0 && failing.length === 0) return kept(`${loaded.length} rules`);
    const missing = absent.map(({ name, at }) => `${name} (${at.file}:${at.line}) is not loaded`);
    const wrong = failing.map(({ name, lastError }) => `${name} fails: ${lastError}`);
    return broken({
      message: `Group ${target.column} of ${target.subject}: ${[...missing, ...wrong].join('; ')}.`,
      expected: written.map(({ name }) => name).join(', '),
      got: loaded.map(({ name, health }) => `${name} (${health})`).join(', ') || 'no rule of that group',
      remedy: 'Check that rule_files matches the file, and that the expression is valid.',
    });
  },
});

/** A rule with the error of its last evaluation, or of one that is made now; empty where there is none. */
async function evaluated(client: PrometheusClient, rule: Rule): Promise<Pick<Rule, 'name' | 'lastError'>> {
  if (rule.health === 'err') return rule;
  try {
    await client.query(rule.query);
    return { name: rule.name, lastError: '' };
  } catch (error) {
    if (error instanceof HttpError && error.status < 500) return { name: rule.name, lastError: error.words };
    throw error;
  }
}
