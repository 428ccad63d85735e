import { connects } from '../../helpers/clients/connects.ts';
import { HttpClient } from '../../helpers/clients/http.ts';
import type { ClientOptions } from '../../helpers/clients/http-types.ts';
import { eventually, found, GiveUpError, notYet } from '../../helpers/waiting/eventually.ts';
import { isLoopback } from '../../stack/definition/configs/shared/addresses.ts';
import type { ServiceDefinition } from '../../stack/definition/types.ts';
import { loadCatalog } from '../../stack/engines/catalog.ts';
import { BlockedError, broken, kept, requirement } from '../requirement.ts';
import { everyEngine } from '../targets.ts';
import type { CheckContext, Outcome, RowTarget } from '../types.ts';

/** An engine that is not ready after this long is not slow, it is broken; `ready.SERVICE` of the budgets says otherwise. */
const DEADLINE_MS = 90_000;
/** No budget may be longer. */
const LONGEST_MS = 3_600_000;
/** Restarts after which waiting for more is of no use. */
const HOPELESS_RESTARTS = 3;

export const getsReady = requirement({
  id: 'READY-01',
  level: 'MUST',
  area: 'readiness',
  title: 'The service starts, accepts its configuration and reports ready',
  because: 'everything else relies on it',
  source: 'https://prometheus.io/docs/prometheus/latest/management_api/#readiness-check',
  promise: 'service.runs',
  when: 'plain',
  after: 'started',
  deadlineMs: LONGEST_MS + 5_000,
  targets: everyEngine,

  async check(context, target) {
    const { service } = target;
    if (service.engine === undefined) return kept();
    const probe = probeFor(service);
    try {
      await eventually(
        `${service.name} to be ready${probe.port === undefined ? '' : ` at port ${probe.port}`}`,
        (signal) => look(context, target, probe, signal),
        {
          deadlineMs: deadlineOf(context, service.name),
          signal: context.signal,
        },
      );
    } catch (error) {
      if (context.signal.aborted) throw error;
      if (error instanceof GiveUpError && error.cause instanceof BlockedError) throw error.cause;
      return notReady(context, target, error instanceof Error ? error.message : String(error));
    }
    const { startedAt } = await context.stack.state(service.name);
    return kept(
      startedAt === undefined ? undefined : `ready ${((Date.now() - startedAt) / 1000).toFixed(1)} s after its start`,
    );
  },
});

function deadlineOf({ definition }: CheckContext, service: string): number {
  const seconds = definition.settings.budgets[`ready.${service}`];
  return seconds === undefined ? DEADLINE_MS : Math.min(seconds * 1000, LONGEST_MS);
}

interface Probe {
  /** Undefined: it opens no port that can be reached from outside. */
  readonly port?: number;
  /** Undefined: it answers no question of health, so that a connection has to do. */
  readonly path?: string;
}

/**
 * The Collector has its health on a port of its own, where that is switched on and open to others; else it opens its
 * receivers last, and one that takes a connection is the best that can be seen. The others answer on their API's port.
 */
function probeFor(service: ServiceDefinition): Probe {
  const { engine, facts } = service;
  if (engine === undefined) return {};
  const { path, port } = loadCatalog().entry(engine).ready;
  const open = (facts?.listeners ?? []).filter(({ host }) => !isLoopback(host));
  if (engine !== 'otelcol') {
    const api = open.find(({ protocol }) => protocol === 'http-api');
    return { port: api?.port ?? port, path };
  }
  const health = open.find(({ component }) => component.startsWith('health_check'));
  // A path of its own is in the address of its API already.
  if (health) return { port: health.port, path: (health.path ?? '/') === '/' ? '/' : '' };
  const receiver = open.find(({ signals }) => signals.length > 0);
  return receiver ? { port: receiver.port } : {};
}

/** Without any port to ask, an engine that has run for this long has read its configuration and taken it. */
const SETTLED_MS = 2_000;

async function look(context: CheckContext, target: RowTarget, { port, path }: Probe, signal: AbortSignal) {
  const { name } = target.service;
  const state = await context.stack.state(name);
  if (state.status === 'exited' || state.restarts >= HOPELESS_RESTARTS) {
    const restarts = state.restarts > 0 ? ` after ${state.restarts} restarts` : '';
    throw new GiveUpError(state.reason ?? `it exited with code ${state.exitCode ?? 'unknown'}${restarts}`);
  }
  if (port === undefined) {
    const running = state.status === 'running' && Date.now() - (state.startedAt ?? Date.now()) > SETTLED_MS;
    return running ? found(true) : notYet(`it is ${state.status}`);
  }
  if (path === undefined) {
    const endpoint = context.stack.endpoint(name, port);
    if (endpoint === undefined) return notYet('it has no address yet');
    const refusal = await connects(endpoint, 2_000);
    return refusal === undefined ? found(true) : notYet(refusal);
  }
  const options = accessTo(context, target, port);
  const answer = await new HttpClient({ ...options, timeoutMs: 2_000 }).request({ path, signal });
  if (answer.status >= 200 && answer.status < 300) return found(true);
  if (options.auth !== undefined && answer.status === 401)
    throw new GiveUpError('it answers 401 to the credentials that Telltale was given or found in this stack');
  return notYet(`${answer.status} ${answer.body.trim().slice(0, 200)}`);
}

/** Credentials that are not to be had do not come by waiting. */
function accessTo(context: CheckContext, target: RowTarget, port: number): ClientOptions {
  try {
    return context.clientOptions(target.service, { port });
  } catch (error) {
    if (!(error instanceof BlockedError) || !error.by.startsWith('credentials of ')) throw error;
    throw new GiveUpError(error.message, { cause: error });
  }
}

/** The engine's own last words say more than any status. */
async function notReady(context: CheckContext, target: RowTarget, why: string): Promise<Outcome> {
  const { service } = target;
  const log = await context.stack.logs(service.name, { tail: 200 });
  const words = tellingLines(log.map(({ text }) => text));
  context.evidence.add({ kind: 'log', asked: `the last lines of ${service.name}`, answer: words.join('\n') });
  const said = words.at(-1);
  return broken({
    message: `${service.name} did not get ready: ${why}.${said ? ` It said: ${said}` : ''}`,
    expected: 'a 2xx answer to its readiness probe',
    got: why,
    remedy: `Mend what ${service.name} complains of in its configuration${service.facts?.files[0]?.file ? ` (${service.facts.files.map(({ file }) => file).join(', ')})` : ''}; its last lines are in the evidence.`,
    evidence: context.evidence.list(),
  });
}

/** Lines in which an engine says what is wrong; else the last ones. */
function tellingLines(lines: readonly string[]): readonly string[] {
  const telling = lines.filter((line) =>
    /level=(error|fatal|crit)|"level":"(error|fatal)"|\b(error|failed|panic|fatal|permission denied|cannot|invalid|not found)\b/i.test(
      line,
    ),
  );
  return (telling.length > 0 ? telling : lines).slice(-8).map((line) => line.slice(0, 600));
}
