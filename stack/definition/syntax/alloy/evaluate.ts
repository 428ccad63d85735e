import type { AlloyExpression } from './ast.ts';
import { STANDARD_FUNCTIONS } from './standard-library.ts';
import { type AlloyValue, booleanOf, numberOf, scalar, textOf, unknown } from './values.ts';

/** What expressions are evaluated against. */
export interface AlloyEnvironment {
  /** The variable's value, '' where it is not set, as Alloy has it. */
  environment(name: string): string;
  /** What a path of names stands for (an argument of a module, a loop's variable); undefined: a component's export. */
  lookup(path: readonly string[], at: AlloyExpression['at']): AlloyValue | undefined;
}

/**
 * Evaluates an expression as far as the files alone tell: literals, operators, the standard library. References to
 * components stay references.
 *
 * @see https://grafana.com/docs/alloy/latest/get-started/expressions/
 */
export function evaluateAlloy(expression: AlloyExpression, env: AlloyEnvironment): AlloyValue {
  const { at } = expression;
  switch (expression.kind) {
    case 'literal':
      return scalar(at, expression.value);
    case 'array':
      return { kind: 'list', at, items: expression.items.map((item) => evaluateAlloy(item, env)) };
    case 'object': {
      const fields = expression.fields.map((field) => [field.name, evaluateAlloy(field.value, env)] as const);
      return { kind: 'map', at, fields: new Map(fields) };
    }
    case 'unary': {
      const of = evaluateAlloy(expression.of, env);
      if (expression.operator === '!') {
        const value = booleanOf(of);
        return value === undefined ? unknown(at, 'its operand is not known') : scalar(at, !value);
      }
      const value = numberOf(of);
      return value === undefined ? unknown(at, 'its operand is not known') : scalar(at, -value);
    }
    case 'binary':
      return binary(expression, env);
    case 'call': {
      const name = pathOf(expression.of)?.join('.');
      const run = name === undefined ? undefined : STANDARD_FUNCTIONS.get(name);
      const args = expression.args.map((arg) => evaluateAlloy(arg, env));
      return run?.(at, args, env.environment) ?? unknown(at, `${name ?? 'this'} is not a known function`);
    }
    case 'identifier':
    case 'access':
    case 'index':
      return path(expression, env);
  }
}

/** The names of `a.b["c"]`, or undefined where an expression is something else. */
export function pathOf(expression: AlloyExpression): string[] | undefined {
  if (expression.kind === 'identifier') return [expression.name];
  if (expression.kind === 'access') {
    const before = pathOf(expression.of);
    return before && [...before, expression.name];
  }
  if (expression.kind === 'index' && expression.index.kind === 'literal') {
    const before = pathOf(expression.of);
    return before && [...before, String(expression.index.value)];
  }
  return undefined;
}

function path(expression: AlloyExpression, env: AlloyEnvironment): AlloyValue {
  const { at } = expression;
  const names = pathOf(expression);
  if (names !== undefined) {
    if (names[0] === 'constants') return unknown(at, 'it is known on the running machine only');
    return env.lookup(names, at) ?? { kind: 'reference', at, path: names };
  }
  if (expression.kind !== 'access' && expression.kind !== 'index') return unknown(at, 'it is not known');
  const of = evaluateAlloy(expression.of, env);
  const key = expression.kind === 'access' ? expression.name : textOf(evaluateAlloy(expression.index, env));
  if (key === undefined || of.kind === 'unknown') return unknown(at, 'a part of it is not known');
  const found = of.kind === 'map' ? of.fields.get(key) : of.kind === 'list' ? of.items[Number(key)] : undefined;
  return found ?? unknown(at, `there is no "${key}" in it`);
}

function binary(expression: AlloyExpression & { kind: 'binary' }, env: AlloyEnvironment): AlloyValue {
  const { at, operator } = expression;
  const left = evaluateAlloy(expression.left, env);
  const right = evaluateAlloy(expression.right, env);
  if (left.kind !== 'scalar' || right.kind !== 'scalar') return unknown(at, 'an operand is not known');
  const [a, b] = [left.value, right.value];
  if (operator === '==') return scalar(at, a === b);
  if (operator === '!=') return scalar(at, a !== b);
  if (operator === '&&') return scalar(at, a === true && b === true);
  if (operator === '||') return scalar(at, a === true || b === true);
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return scalar(at, a + b);
  if ((typeof a === 'string') !== (typeof b === 'string')) return unknown(at, 'its operands have different types');
  if (operator === '<') return scalar(at, (a ?? 0) < (b ?? 0));
  if (operator === '<=') return scalar(at, (a ?? 0) <= (b ?? 0));
  if (operator === '>') return scalar(at, (a ?? 0) > (b ?? 0));
  if (operator === '>=') return scalar(at, (a ?? 0) >= (b ?? 0));
  if (typeof a !== 'number' || typeof b !== 'number') return unknown(at, 'its operands are not numbers');
  if (operator === '+') return scalar(at, a + b);
  if (operator === '-') return scalar(at, a - b);
  if (operator === '*') return scalar(at, a * b);
  if (operator === '^') return scalar(at, a ** b);
  if (b === 0) return unknown(at, 'it divides by zero');
  if (operator === '%') return scalar(at, a % b);
  return scalar(at, Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(a / b) : a / b);
}
