import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Rule, RuleGroup } from '../../facts.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import { interpolateTree, type Surroundings } from './interpolate.ts';

export interface ReadAlerting {
  readonly groups: readonly RuleGroup[];
  /** Data sources that rules ask. */
  readonly mentions: readonly { readonly what: string; readonly uid: string; readonly at: Rule['at'] }[];
}

/** Data "sources" that rules have without anybody providing them. */
const BUILT_IN = new Set(['__expr__', '-100']);

/**
 * Reads the rule groups of one file of `provisioning/alerting`. The expression of a rule is that of its first query.
 *
 * @see https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/
 */
export function readAlerting(root: ConfigNode | undefined, around: Surroundings): ReadAlerting {
  const mentions: { what: string; uid: string; at: Rule['at'] }[] = [];
  const groups = itemsOf(nodeAt(root, 'groups')).map((group): RuleGroup => {
    const interval = parsePrometheusDuration(textAt(group, 'interval') ?? '');
    const rules = itemsOf(nodeAt(group, 'rules')).map((rule): Rule => {
      const title = textAt(rule, 'title') ?? '';
      const queries = itemsOf(nodeAt(rule, 'data')).filter(
        (query) => !BUILT_IN.has(textAt(query, 'datasourceUid') ?? ''),
      );
      for (const query of queries) {
        const node = nodeAt(query, 'datasourceUid');
        const uid = textAt(node === undefined ? undefined : interpolateTree(node, around));
        if (node !== undefined && uid !== undefined)
          mentions.push({ what: `The alert rule "${title}"`, uid, at: node.at });
      }
      const first = queries[0];
      const forMs = parsePrometheusDuration(textAt(rule, 'for') ?? '');
      return {
        kind: 'alert',
        name: title,
        expr: textAt(first, 'model', 'expr') ?? textAt(first, 'model', 'query') ?? '',
        ...(forMs === undefined ? {} : { forMs }),
        labels: textMap(nodeAt(rule, 'labels')),
        annotations: textMap(nodeAt(rule, 'annotations')),
        at: nodeAt(rule, 'title')?.at ?? rule.at,
      };
    });
    return {
      name: textAt(group, 'name') ?? '',
      ...(interval === undefined ? {} : { intervalMs: interval }),
      rules,
      at: nodeAt(group, 'name')?.at ?? group.at,
    };
  });
  return { groups, mentions };
}

function textMap(node: ConfigNode | undefined): Record<string, string> {
  return Object.fromEntries(entriesOf(node).map(([key, entry]) => [key, textAt(entry.node) ?? '']));
}
