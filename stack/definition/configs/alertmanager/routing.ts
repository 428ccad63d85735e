import { type ConfigNode, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Position } from '../../position.ts';
import { didYouMean, type FindingList } from '../shared/findings.ts';

/** Receivers, the routes that lead to them, and the time intervals that routes name. */
export function checkRouting(root: ConfigNode, findings: FindingList): void {
  const receivers = named(nodeAt(root, 'receivers'), 'receiver', findings);
  const intervals = new Map([
    ...named(nodeAt(root, 'mute_time_intervals'), 'time interval', findings),
    ...named(nodeAt(root, 'time_intervals'), 'time interval', findings),
  ]);
  const route = nodeAt(root, 'route');
  if (route === undefined) {
    findings.error(
      'CONFIG-ROUTE',
      root.at,
      'The configuration has no route, and Alertmanager refuses it.',
      'Add a route with a receiver.',
    );
    return;
  }
  if ((textAt(route, 'receiver') ?? '') === '') {
    findings.error(
      'CONFIG-ROUTE',
      route.at,
      'The root route names no receiver, and Alertmanager refuses it.',
      'Add "receiver" to the route.',
    );
  }
  for (const key of ['match', 'match_re', 'matchers']) {
    const extra = nodeAt(route, key);
    if (extra === undefined || (extra.kind !== 'scalar' && size(extra) === 0)) continue;
    findings.error(
      'CONFIG-ROUTE',
      extra.at,
      `The root route must take every alert, and has "${key}".`,
      `Move "${key}" to a route below it.`,
    );
  }
  const used = new Set<string>();
  const visit = (node: ConfigNode): void => {
    const receiver = nodeAt(node, 'receiver');
    const name = textAt(receiver) ?? '';
    if (receiver !== undefined && name !== '') {
      used.add(name);
      if (!receivers.has(name)) refuse('receiver', name, receiver.at, receivers.keys());
    }
    for (const key of ['mute_time_intervals', 'active_time_intervals']) {
      for (const item of itemsOf(nodeAt(node, key))) {
        const interval = textAt(item) ?? '';
        if (!intervals.has(interval)) refuse('time interval', interval, item.at, intervals.keys());
      }
    }
    itemsOf(nodeAt(node, 'routes')).forEach(visit);
  };
  const refuse = (what: string, name: string, at: Position, known: Iterable<string>): void => {
    const meant = didYouMean(name, known);
    findings.error(
      'REF-RECEIVER',
      at,
      `The route names the ${what} "${name}", which is not defined; Alertmanager refuses the file.`,
      meant === undefined ? `Define the ${what}, or correct the name.` : `Did you mean "${meant}"?`,
    );
  };
  visit(route);
  for (const [name, at] of receivers) {
    if (used.has(name)) continue;
    findings.warning(
      'CONFIG-UNUSED',
      at,
      `No route leads to the receiver "${name}".`,
      'Add a route to it, or remove it.',
    );
  }
}

function size(node: ConfigNode): number {
  return node.kind === 'map' ? node.entries.size : node.kind === 'list' ? node.items.length : 1;
}

function named(list: ConfigNode | undefined, what: string, findings: FindingList): Map<string, Position> {
  const names = new Map<string, Position>();
  for (const node of itemsOf(list)) {
    const name = textAt(node, 'name') ?? '';
    const at = nodeAt(node, 'name')?.at ?? node.at;
    if (name === '')
      findings.error(
        'CONFIG-ROUTE',
        at,
        `A ${what} has no name, and Alertmanager refuses the file.`,
        'Give it a name.',
      );
    else if (names.has(name)) {
      findings.error(
        'CONFIG-ROUTE',
        at,
        `The ${what} "${name}" stands twice, and Alertmanager refuses the file.`,
        'Give each a name of its own.',
      );
    }
    names.set(name, at);
  }
  return names;
}
