import { formatPosition } from '../../stack/definition/position.ts';
import type { IngestRoute, RouteEnd } from '../push/routes.ts';
import type { CheckContext } from '../types.ts';

/** Lines in which an engine says that it lost or refused something. */
const TROUBLE =
  /level=(?:error|warn)|"level":"(?:error|warn)"|\t(?:error|warn)\t|\b(?:dropp(?:ed|ing)|refused|rejected|discarded|exporting failed)\b/i;
/** Engines warn of many things at their start that have nothing to do with what was pushed. */
const AFTER_PUSH_MS = 500;

/**
 * Where something that was accepted can have been lost: every processor and exporter that the route goes through, with
 * its place in the files, and what the gateway and the backend said since.
 */
export async function onTheWay(context: CheckContext, route: IngestRoute, end: RouteEnd): Promise<string> {
  return `${stepsBetween(route, end)}${await lastTrouble(context, [route.service.name, end.service.name])}`;
}

/** ` On the way: batch (conf/gateway.yaml:16:5), …`, or nothing where the receiver is the backend itself. */
export function stepsBetween(route: IngestRoute, end: RouteEnd): string {
  const steps = end.processors.map(({ component, at }) => `${component} (${formatPosition(at)})`);
  const outputs = (route.service.facts?.outputs ?? []).filter(
    ({ purpose, signals, target }) =>
      purpose === 'push' && (signals.length === 0 || signals.includes(route.signal)) && pointsTo(target.host, end),
  );
  steps.push(...outputs.map(({ component, at }) => `${component} (${formatPosition(at)})`));
  return steps.length === 0 ? '' : ` On the way: ${[...new Set(steps)].join(', ')}.`;
}

function pointsTo(host: string, { service }: RouteEnd): boolean {
  const aliases = Object.values(service.networks).flat();
  return [service.name, service.containerName, service.hostname, ...aliases].includes(host);
}

async function lastTrouble(context: CheckContext, services: readonly string[]): Promise<string> {
  const sentAt = Math.min(...[...context.session.probes.values()].flatMap(({ sentAtMs }) => sentAtMs ?? []));
  const said: string[] = [];
  for (const service of new Set(services)) {
    const log = await context.stack.logs(service, { tail: 400 });
    const trouble = log
      .filter(({ at, text }) => at >= sentAt - AFTER_PUSH_MS && TROUBLE.test(text))
      .map(({ text }) => text);
    const last = trouble.at(-1);
    if (last === undefined) continue;
    context.evidence.add({ kind: 'log', asked: `what ${service} complained of`, answer: trouble.slice(-8).join('\n') });
    said.push(` ${service} said: ${last.slice(0, 700)}`);
  }
  return said.join('');
}
