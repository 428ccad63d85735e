import { type ConfigNode, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Position } from '../../position.ts';

/** One rule of a `*relabel_configs` list, with Prometheus' defaults put in. */
export interface RelabelRule {
  readonly action: string;
  readonly sourceLabels: readonly string[];
  readonly separator: string;
  readonly regex: string;
  readonly targetLabel: string;
  readonly replacement: string;
  readonly at: Position;
}

export type LabelSet = Readonly<Record<string, string>>;

/** What becomes of a set of labels: `dropped` names the rule; `unknown` where a rule is not computed here. */
export type Relabelled =
  | { readonly kind: 'kept'; readonly labels: LabelSet }
  | { readonly kind: 'dropped'; readonly by: RelabelRule }
  | { readonly kind: 'unknown' };

/** @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config */
export function readRelabelRules(list: ConfigNode | undefined): RelabelRule[] {
  return itemsOf(list).map((rule) => ({
    action: (textAt(rule, 'action') ?? 'replace').toLowerCase(),
    sourceLabels: itemsOf(nodeAt(rule, 'source_labels')).map((label) => textAt(label) ?? ''),
    separator: textAt(rule, 'separator') ?? ';',
    regex: textAt(rule, 'regex') ?? '(.*)',
    targetLabel: textAt(rule, 'target_label') ?? '',
    replacement: textAt(rule, 'replacement') ?? '$1',
    at: nodeAt(rule, 'action')?.at ?? rule.at,
  }));
}

/** Sends labels through rules, in their order, as Prometheus does. */
export function relabel(labels: LabelSet, rules: readonly RelabelRule[]): Relabelled {
  let current: Record<string, string> = { ...labels };
  for (const rule of rules) {
    const source = rule.sourceLabels.map((label) => current[label] ?? '').join(rule.separator);
    const regex = anchored(rule.regex);
    if (regex === undefined) return { kind: 'unknown' };
    switch (rule.action) {
      case 'keep':
        if (!regex.test(source)) return { kind: 'dropped', by: rule };
        break;
      case 'drop':
        if (regex.test(source)) return { kind: 'dropped', by: rule };
        break;
      case 'keepequal':
        if ((current[rule.targetLabel] ?? '') !== source) return { kind: 'dropped', by: rule };
        break;
      case 'dropequal':
        if ((current[rule.targetLabel] ?? '') === source) return { kind: 'dropped', by: rule };
        break;
      case 'replace': {
        const match = regex.exec(source);
        if (match === null) break;
        const value = filledIn(rule.replacement, match);
        const { [filledIn(rule.targetLabel, match)]: _, ...others } = current;
        current = value === '' ? others : { ...others, [filledIn(rule.targetLabel, match)]: value };
        break;
      }
      case 'lowercase':
        current = { ...current, [rule.targetLabel]: source.toLowerCase() };
        break;
      case 'uppercase':
        current = { ...current, [rule.targetLabel]: source.toUpperCase() };
        break;
      case 'labeldrop':
        current = Object.fromEntries(Object.entries(current).filter(([label]) => !regex.test(label)));
        break;
      case 'labelkeep':
        current = Object.fromEntries(Object.entries(current).filter(([label]) => regex.test(label)));
        break;
      case 'labelmap':
        for (const [label, value] of Object.entries(current)) {
          const match = regex.exec(label);
          if (match !== null) current = { ...current, [filledIn(rule.replacement, match)]: value };
        }
        break;
      default:
        return { kind: 'unknown' };
    }
  }
  return { kind: 'kept', labels: current };
}

function anchored(regex: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${regex.replace(/\(\?P</g, '(?<')})$`, 's');
  } catch {
    return undefined;
  }
}

/** `$1`, `${1}` and `${name}` of Go's templates. */
function filledIn(template: string, match: RegExpExecArray): string {
  return template.replace(/\$(?:(\w+)|\{(\w+)\}|(\$))/g, (_, plain?: string, braced?: string, dollar?: string) => {
    if (dollar !== undefined) return '$';
    const name = plain ?? braced ?? '';
    return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
  });
}
