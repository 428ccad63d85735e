import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { parsePrometheusDuration } from '../shared/durations.ts';

/** One label condition of a selector, its value unquoted. */
export interface LabelMatcher {
  readonly name: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** One vector or range selector of an expression. */
export interface PromqlSelector {
  /** Undefined for a selector without a name (`{job="x"}`), unless `__name__` is matched with `=`. */
  readonly metric: string | undefined;
  /** Conditions besides the name. */
  readonly matchers: readonly LabelMatcher[];
  /** Labels that what stands around it needs from it: `by (…)` of aggregations, `on (…)` of operators. */
  readonly labels: readonly string[];
}

export interface PromqlProblem {
  /** Characters from the start of the expression. */
  readonly offset: number;
  readonly text: string;
  /** `function`: a call that the grammar does not know, which a newer Prometheus may. */
  readonly kind: 'syntax' | 'function';
}

/**
 * The selectors of a PromQL expression, in order, read with the official grammar. Grafana's `$variables` are taken for
 * values that fit. Where the expression has errors, what can be recognised is returned.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export function promqlSelectors(expr: string): PromqlSelector[] {
  const text = withoutVariables(expr);
  const selectors: PromqlSelector[] = [];
  const tree = parser.parse(text);
  tree.iterate({
    enter: (reference) => {
      if (reference.name !== 'VectorSelector') return;
      const node = reference.node;
      const matchers = allMatchers(node, text);
      const name = node.getChild('Identifier');
      const named = matchers.find((matcher) => matcher.name === '__name__' && matcher.op === '=');
      selectors.push({
        metric: name === null ? named?.value : text.slice(name.from, name.to),
        matchers: matchers.filter((matcher) => matcher !== named),
        labels: neededLabels(node, text),
      });
    },
  });
  return selectors;
}

/** A range selector inside a call: `rate(x[5m])`. */
export interface PromqlRange {
  readonly func: string;
  readonly windowMs: number;
}

/** The windows that functions look at. Subqueries, which have samples of their own, are left out. */
export function promqlRanges(expr: string): PromqlRange[] {
  const ranges: PromqlRange[] = [];
  parser.parse(expr).iterate({
    enter: (reference) => {
      if (reference.name !== 'MatrixSelector') return;
      const call = callAround(reference.node);
      const name = call?.getChild('FunctionIdentifier');
      const window = /\[\s*(\w+)\s*\]$/.exec(expr.slice(reference.from, reference.to))?.[1];
      const windowMs = window === undefined ? undefined : parsePrometheusDuration(window);
      if (name && windowMs !== undefined) ranges.push({ func: expr.slice(name.from, name.to), windowMs });
    },
  });
  return ranges;
}

function callAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.name === 'FunctionCall') return parent;
  }
  return undefined;
}

const NO_FUNCTIONS = new Set(
  'and by fill fill_left fill_right group_left group_right ignoring on or unless without bool start end'.split(' '),
);

/** What the official grammar cannot read. It knows no types: `rate(up)` passes. */
export function promqlProblems(expr: string): PromqlProblem[] {
  const problems: PromqlProblem[] = [];
  // An unknown function takes the whole rest with it: it is reported, and a known one stands in for it.
  const known = expr.replace(
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\b([a-z_]\w{2,})(?=\s*\()/gi,
    (all, ...rest) => {
      const [name, offset] = rest as [string | undefined, number];
      if (name === undefined || NO_FUNCTIONS.has(name.toLowerCase()) || isFunction(name)) return all;
      problems.push({ offset, text: name, kind: 'function' });
      return 'abs'.padEnd(name.length);
    },
  );
  for (const offset of errorOffsets(known))
    problems.push({ offset, text: expr.slice(offset, offset + 20), kind: 'syntax' });
  return problems;
}

function isFunction(name: string): boolean {
  return errorOffsets(`${name}(x)`).length === 0;
}

function errorOffsets(expr: string): number[] {
  const offsets: number[] = [];
  parser.parse(expr).iterate({
    enter: (node) => {
      if (node.type.isError) offsets.push(node.from);
    },
  });
  return offsets;
}

function allMatchers(selector: SyntaxNode, text: string): LabelMatcher[] {
  const matchers: LabelMatcher[] = [];
  const list = selector.getChild('LabelMatchers');
  for (let child = list?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name === 'QuotedLabelName') {
      matchers.push({ name: '__name__', op: '=', value: unquote(text.slice(child.from, child.to)) });
      continue;
    }
    const op = child.getChild('MatchOp');
    const value = child.getChild('StringLiteral');
    const label = child.getChild('LabelName') ?? child.getChild('QuotedLabelName');
    if (op === null || value === null || label === null) continue;
    const written = text.slice(label.from, label.to);
    matchers.push({
      name: label.name === 'QuotedLabelName' ? unquote(written) : written,
      op: text.slice(op.from, op.to) as LabelMatcher['op'],
      value: unquote(text.slice(value.from, value.to)),
    });
  }
  return matchers;
}

function neededLabels(selector: SyntaxNode, text: string): string[] {
  const labels = new Set<string>();
  for (let node = selector.parent; node !== null; node = node.parent) {
    const modifier = node.getChild('AggregateModifier');
    const matching = node.getChild('MatchingModifierClause');
    const clause = modifier?.getChild('By') ? modifier : matching?.getChild('On') ? matching : null;
    const grouping = clause?.getChild('GroupingLabels');
    for (let child = grouping?.firstChild ?? null; child !== null; child = child.nextSibling) {
      const written = text.slice(child.from, child.to);
      if (child.name === 'LabelName') labels.add(written);
      else if (child.name === 'QuotedLabelName') labels.add(unquote(written));
    }
  }
  return [...labels];
}

/** A PromQL string without its quotes and escapes. */
function unquote(text: string): string {
  const body = text.slice(1, -1);
  if (text.startsWith('`')) return body;
  const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs,
    (_, hex?: string, short?: string, long?: string, octal?: string, char?: string) => {
      const code = hex ?? short ?? long;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      return simple[char ?? ''] ?? char ?? '';
    },
  );
}

function withoutVariables(expr: string): string {
  return expr
    .replace(/\[\s*(?:\$\w+|\$\{[^}]*\}|\[\[\w+\]\])\s*/g, '[5m')
    .replace(
      /\$__(?:rate_)?interval(?:_ms)?|\$\{__(?:rate_)?interval[^}]*\}|\$__range(?:_s|_ms)?|\$\{__range[^}]*\}/g,
      '5m',
    )
    .replace(/\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)\]\]/g, (_, braced?: string, plain?: string, old?: string) => {
      return `var_${braced ?? plain ?? old ?? ''}`;
    });
}
