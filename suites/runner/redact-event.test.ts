import { expect, it } from 'vitest';
import type { ResultRow } from '../../schemas/results.ts';
import { redactEvent } from './redact-event.ts';

const row: ResultRow = {
  id: 'READY-01',
  subject: 'hunter22',
  column: '',
  area: 'readiness',
  level: 'MUST',
  title: 'starts',
  verdict: 'fail',
  durationMs: 1,
  message: 'It said: cannot log in with hunter22',
  remedy: 'Change hunter22.',
  because: 'of it',
  evidence: [{ kind: 'log', asked: 'the log with hunter22', answer: 'hunter22' }],
};

it('takes secrets out of all sentences of a row and leaves its name', () => {
  const event = redactEvent({ type: 'row', at: '2026-01-01T00:00:00Z', row }, ['hunter22']);
  expect(event.type === 'row' ? event.row.subject : '').toBe('hunter22');
  expect(JSON.stringify(event).split('hunter22')).toHaveLength(2);
  expect(event.type === 'row' ? event.row.verdict : '').toBe('fail');
});

it.each(['note', 'progress'] as const)('takes secrets out of a %s', (type) => {
  const message = 'curl http://me:hunter22@there/';
  const event = redactEvent({ type, at: '2026-01-01T00:00:00Z', phase: 'start', message }, ['hunter22']);
  expect(JSON.stringify(event)).not.toContain('hunter22');
});

it('leaves an event without sentences as it is', () => {
  const event = { type: 'rows-planned', at: '2026-01-01T00:00:00Z', rows: [] } as const;
  expect(redactEvent(event, ['hunter22'])).toBe(event);
});

it('leaves a remedy that speaks of credentials in general', () => {
  const remedy = 'Add to telltale.yaml: credentials: { usernameEnv: NAME, passwordEnv: NAME }';
  const event = redactEvent({ type: 'row', at: '2026-01-01T00:00:00Z', row: { ...row, remedy } }, ['hunter22']);
  expect(event.type === 'row' ? event.row.remedy : '').toBe(remedy);
});
