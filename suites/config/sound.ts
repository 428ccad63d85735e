import { type Finding, formatPosition } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { Outcome, RowTarget } from '../types.ts';

/** Subject of what concerns the compose file as a whole. */
const WHOLE_STACK = '(stack)';

/** Every engine, every other service with a finding, and the stack itself. */
function findingTargets(stack: StackDefinition): readonly RowTarget[] {
  const [first] = stack.services;
  const named = new Set(stack.findings.flatMap(({ service }) => (service === undefined ? [] : [service])));
  const services = stack.services.filter(({ name, engine }) => engine !== undefined || named.has(name));
  const rows: RowTarget[] = services.map((service) => ({ subject: service.name, column: '', service }));
  if (first !== undefined) rows.push({ subject: WHOLE_STACK, column: '', service: first });
  return rows;
}

function findingsAbout(stack: StackDefinition, subject: string, severity: Finding['severity']): readonly Finding[] {
  const names = new Set(stack.services.map(({ name }) => name));
  return stack.findings.filter((finding) => {
    const owner = finding.service !== undefined && names.has(finding.service) ? finding.service : WHOLE_STACK;
    return owner === subject && finding.severity === severity;
  });
}

function judge(findings: readonly Finding[]): Outcome {
  const [first] = findings;
  if (first === undefined) return kept();
  return broken({
    message: findings.map(({ at, message }) => `${at ? `${formatPosition(at)}: ` : ''}${message}`).join(' '),
    remedy: first.remedy,
    evidence: findings.flatMap(({ at, message }) =>
      at ? [{ kind: 'file' as const, asked: formatPosition(at), answer: message }] : [],
    ),
  });
}

export const configurationIsSound = requirement({
  id: 'CONFIG-SOUND-01',
  level: 'MUST',
  area: 'config',
  title: 'The files hold no key, reference or value with which the stack cannot work',
  because: 'an engine that refuses its configuration does not start, or starts without what was meant',
  source: 'https://prometheus.io/docs/prometheus/latest/command-line/promtool/',
  when: 'plain',
  after: 'started',
  targets: findingTargets,
  check: async ({ definition }, { subject }) => judge(findingsAbout(definition, subject, 'error')),
});

export const configurationHasNoTraps = requirement({
  id: 'CONFIG-SOUND-02',
  level: 'SHOULD',
  area: 'config',
  title: 'The files hold nothing that works otherwise than it reads',
  because: 'a key that is silently dropped is believed to be in force',
  source: 'https://opentelemetry.io/docs/collector/troubleshooting/',
  when: 'plain',
  after: 'started',
  targets: findingTargets,
  check: async ({ definition }, { subject }) => judge(findingsAbout(definition, subject, 'warning')),
});
