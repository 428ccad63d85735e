import { type Finding, formatPosition } from '../../stack/definition/position.ts';
import type { StackPromise } from '../../stack/definition/promise.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, requirement } from '../requirement.ts';
import { filesOutcome, promiseTargets } from './promise-rows.ts';

export const rulesAreSound = requirement({
  id: 'CONFIG-RULE-01',
  level: 'MUST',
  area: 'config',
  title: 'A rule is valid and can ever hold',
  because: 'a rule that is not loaded, or that asks for what nobody has, never fires',
  source: 'https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/',
  promise: 'rule',
  when: 'plain',
  after: 'started',
  targets: (stack) => promiseTargets(stack, 'rule'),
  async check({ definition }, { promise }) {
    const [first, ...others] = promise === undefined ? [] : faultsOf(definition, promise);
    if (first === undefined) return filesOutcome(promise);
    const all = [first, ...others].map(({ at, message }) => `${at ? `${formatPosition(at)}: ` : ''}${message}`);
    return broken({ message: `Promised: ${promise?.says}; but ${all.join(' ')}`, remedy: first.remedy });
  },
});

/** What is wrong between the line of a rule and that of the next one in its file. */
function faultsOf(definition: StackDefinition, { madeBy }: StackPromise): readonly Finding[] {
  const { at } = madeBy;
  if (at === undefined) return [];
  const lines = definition.services
    .flatMap(({ facts }) => facts?.rules ?? [])
    .flatMap(({ rules }) => rules)
    .filter((rule) => rule.at.file === at.file && rule.at.line > at.line)
    .map((rule) => rule.at.line);
  const next = Math.min(...lines, Number.POSITIVE_INFINITY);
  return definition.findings.filter(
    (finding) =>
      finding.severity === 'error' &&
      finding.at?.file === at.file &&
      finding.at.line >= at.line &&
      finding.at.line < next,
  );
}
