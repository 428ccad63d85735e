import { formatPosition } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import { everyEngine } from '../targets.ts';
import type { RowTarget } from '../types.ts';

export const configurationIsSound = requirement({
  id: 'CONFIG-SOUND-01',
  level: 'MUST',
  area: 'config',
  title: 'The configuration holds no key, reference or value that this version of the engine refuses',
  because: 'an engine that refuses its configuration does not start, or starts without what was meant',
  source: 'https://prometheus.io/docs/prometheus/latest/command-line/promtool/',
  promise: 'service.runs',
  when: 'plain',
  after: 'started',
  targets: (stack) => [...everyEngine(stack), ...othersAtFault(stack)],
  async check(context, { service }) {
    const findings = context.definition.findings.filter(
      (finding) => finding.service === service.name && finding.severity === 'error',
    );
    const [first] = findings;
    if (first === undefined) return kept();
    const all = findings.map(({ at, message }) => `${at ? `${formatPosition(at)} ` : ''}${message}`);
    return broken({
      message: all.join(' '),
      remedy: first.remedy,
      evidence: findings.flatMap(({ at, message }) =>
        at ? [{ kind: 'file' as const, asked: formatPosition(at), answer: message }] : [],
      ),
    });
  },
});

/** Services that are no engine of ours have a row only where the compose file itself shows them to be wrong. */
function othersAtFault({ services, findings }: StackDefinition): readonly RowTarget[] {
  const atFault = new Set(findings.filter(({ severity }) => severity === 'error').map(({ service }) => service));
  return services
    .filter(({ name, engine }) => engine === undefined && atFault.has(name))
    .map((service) => ({ subject: service.name, column: '', service }));
}
