import { broken, kept, requirement } from '../requirement.ts';
import { everyEngine } from '../targets.ts';

export const staysUp = requirement({
  id: 'READY-03',
  level: 'MUST',
  area: 'readiness',
  title: 'The service runs from its start to the end of the run, without a restart',
  because: 'a restart policy hides a crash from everybody but the users of the gap',
  source: 'https://docs.docker.com/engine/containers/start-containers-automatically/',
  promise: 'service.runs',
  when: 'plain',
  after: 'end',
  targets: everyEngine,
  async check(context, { subject }) {
    const { status, restarts, exitCode, reason } = await context.stack.state(subject);
    if (status === 'running' && restarts === 0) return kept();
    const log = await context.stack.logs(subject, { tail: 12 });
    context.evidence.add({
      kind: 'log',
      asked: `the last lines of ${subject}`,
      answer: log.map(({ text }) => text).join('\n'),
    });
    const ended = exitCode === undefined ? '' : `, last exit code ${exitCode}`;
    return broken({
      message: `${subject} is ${status} at the end of the run after ${restarts} restarts${ended}${reason ? `: ${reason}` : ''}.`,
      expected: 'running, without a restart',
      got: `${status}, ${restarts} restarts${ended}`,
      remedy: `See its last lines in the evidence for what ended it.`,
      evidence: context.evidence.list(),
    });
  },
});
