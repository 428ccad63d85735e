import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Rule, RuleGroup } from '../../facts.ts';
import type { Position } from '../../position.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import { type FindingList, reportUnknownKeys } from '../shared/findings.ts';
import { parseKeyTable } from '../shared/key-table.ts';
import { RULE_KEYS } from './keys-3-16.ts';
import { promqlProblems } from './promql.ts';

/** What an expression's own language says of it; `certain` where the engine is sure to refuse it. */
export type ExpressionCheck = (expr: string) => readonly { readonly message: string; readonly certain: boolean }[];

/** PromQL by the official grammar. A function that the grammar does not know may be a newer Prometheus'. */
export const checkPromql: ExpressionCheck = (expr) =>
  promqlProblems(expr).map(({ kind, text, offset }) =>
    kind === 'function'
      ? { message: `The function ${text} is not known.`, certain: false }
      : {
          message: `The expression cannot be read from character ${offset + 1} on${text === '' ? '' : ` ("${text.trim()}")`}.`,
          certain: true,
        },
  );

/**
 * Reads a file of rule groups, in the form that Prometheus and Loki's ruler share.
 *
 * @param engine For messages: `Prometheus`, `Loki`.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export function readRuleFile(
  root: ConfigNode | undefined,
  engine: string,
  check: ExpressionCheck,
  findings: FindingList,
): RuleGroup[] {
  reportUnknownKeys(findings, engine, root, parseKeyTable(RULE_KEYS).shape);
  const seen = new Map<string, Position>();
  const groups: RuleGroup[] = [];
  for (const node of itemsOf(nodeAt(root, 'groups'))) {
    const name = textAt(node, 'name') ?? '';
    const at = nodeAt(node, 'name')?.at ?? node.at;
    if (name === '') findings.error('CONFIG-RULE-GROUP', at, 'A rule group has no name.', 'Give it a name.');
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      findings.error(
        'CONFIG-RULE-GROUP',
        at,
        `The group "${name}" stands twice in this file; the first is in line ${earlier.line}.`,
        'Give each group of a file a name of its own.',
      );
    }
    seen.set(name, at);
    const interval = duration(node, 'interval', findings);
    const rules = itemsOf(nodeAt(node, 'rules')).map((rule) => readRule(rule, engine, check, findings));
    groups.push({
      name,
      ...(interval === undefined ? {} : { intervalMs: interval }),
      rules: rules.filter((rule) => rule !== undefined),
      at,
    });
  }
  return groups;
}

function readRule(node: ConfigNode, engine: string, check: ExpressionCheck, findings: FindingList): Rule | undefined {
  const refuse = (at: Position, message: string, remedy: string): undefined => {
    findings.error('CONFIG-RULE', at, `${message} ${engine} refuses the file.`, remedy);
    return undefined;
  };
  const alert = textAt(node, 'alert');
  const record = textAt(node, 'record');
  const name = alert ?? record;
  if (name === undefined || name === '') {
    return refuse(node.at, 'A rule has neither "alert" nor "record".', 'Name it with one of the two.');
  }
  if (alert !== undefined && record !== undefined) {
    return refuse(node.at, `The rule "${alert}" has both "alert" and "record".`, 'Keep one of the two.');
  }
  const at = nodeAt(node, alert === undefined ? 'record' : 'alert')?.at ?? node.at;
  const exprNode = nodeAt(node, 'expr');
  const expr = textAt(node, 'expr') ?? '';
  if (exprNode === undefined || expr.trim() === '') {
    return refuse(exprNode?.at ?? at, `The rule "${name}" has no "expr".`, 'Write the expression.');
  }
  for (const { message, certain } of check(expr)) {
    const [id, words] = ['CONFIG-RULE-EXPR', `Rule "${name}": ${message}`] as const;
    if (certain) findings.error(id, exprNode.at, words, 'Correct the expression.');
    else findings.warning(id, exprNode.at, words, 'Correct the name, or make sure that this version has the function.');
  }
  if (record !== undefined) {
    for (const key of ['annotations', 'for', 'keep_firing_for']) {
      const extra = nodeAt(node, key);
      if (extra !== undefined && (extra.kind !== 'map' || extra.entries.size > 0)) {
        refuse(extra.at, `The recording rule "${name}" has "${key}", which only alerts have.`, `Remove "${key}".`);
      }
    }
    if (!/^[^{}]+$/.test(record)) refuse(at, `"${record}" is not a metric name.`, 'Put selectors into "expr".');
  }
  const forMs = duration(node, 'for', findings);
  return {
    kind: alert === undefined ? 'record' : 'alert',
    name,
    expr,
    ...(forMs === undefined ? {} : { forMs }),
    labels: texts(nodeAt(node, 'labels')),
    annotations: texts(nodeAt(node, 'annotations')),
    at,
    exprAt: exprNode.at,
  };
}

function duration(node: ConfigNode, key: string, findings: FindingList): number | undefined {
  const text = textAt(node, key);
  if (text === undefined) return undefined;
  const value = parsePrometheusDuration(text);
  if (value === undefined) {
    findings.error(
      'CONFIG-VALUE',
      nodeAt(node, key)?.at,
      `"${text}" is not a duration for "${key}".`,
      'Write whole numbers with y, w, d, h, m, s or ms, such as 5m or 1h30m.',
    );
  }
  return value;
}

function texts(node: ConfigNode | undefined): Record<string, string> {
  return Object.fromEntries(entriesOf(node).map(([key, entry]) => [key, textAt(entry.node) ?? '']));
}
