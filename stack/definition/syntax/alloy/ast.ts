import type { Position } from '../../position.ts';
import type { AlloyOperator } from './tokens.ts';

export type AlloyStatement = AlloyAttribute | AlloyBlock;

export interface AlloyAttribute {
  readonly kind: 'attribute';
  readonly name: string;
  readonly at: Position;
  readonly value: AlloyExpression;
}

export interface AlloyBlock {
  readonly kind: 'block';
  /** All parts: `otelcol.receiver.otlp`. */
  readonly name: string;
  readonly at: Position;
  readonly label?: string;
  readonly labelAt?: Position;
  readonly body: readonly AlloyStatement[];
}

export type AlloyExpression =
  | {
      readonly kind: 'literal';
      readonly at: Position;
      readonly value: string | number | boolean | null;
      readonly raw: string;
    }
  | { readonly kind: 'identifier'; readonly at: Position; readonly name: string }
  | {
      readonly kind: 'access';
      readonly at: Position;
      readonly of: AlloyExpression;
      readonly name: string;
      readonly nameAt: Position;
    }
  | { readonly kind: 'index'; readonly at: Position; readonly of: AlloyExpression; readonly index: AlloyExpression }
  | {
      readonly kind: 'call';
      readonly at: Position;
      readonly of: AlloyExpression;
      readonly args: readonly AlloyExpression[];
    }
  | { readonly kind: 'unary'; readonly at: Position; readonly operator: '!' | '-'; readonly of: AlloyExpression }
  | {
      readonly kind: 'binary';
      readonly at: Position;
      readonly operator: AlloyOperator;
      readonly left: AlloyExpression;
      readonly right: AlloyExpression;
    }
  | { readonly kind: 'array'; readonly at: Position; readonly items: readonly AlloyExpression[] }
  | { readonly kind: 'object'; readonly at: Position; readonly fields: readonly AlloyField[] };

export interface AlloyField {
  readonly name: string;
  readonly at: Position;
  readonly value: AlloyExpression;
}

/** The first attribute of that name, or undefined. */
export function attributeOf(body: readonly AlloyStatement[], name: string): AlloyAttribute | undefined {
  return body.find(
    (statement): statement is AlloyAttribute => statement.kind === 'attribute' && statement.name === name,
  );
}

/** Blocks of that name, in file order. */
export function blocksOf(body: readonly AlloyStatement[], name: string): AlloyBlock[] {
  return body.filter((statement): statement is AlloyBlock => statement.kind === 'block' && statement.name === name);
}

/** The first block of that name, or undefined. */
export function blockOf(body: readonly AlloyStatement[], name: string): AlloyBlock | undefined {
  return blocksOf(body, name)[0];
}

/** Calls `visit` for an expression and everything in it. */
export function walkExpression(expression: AlloyExpression, visit: (inner: AlloyExpression) => void): void {
  visit(expression);
  for (const child of childrenOf(expression)) walkExpression(child, visit);
}

export function childrenOf(expression: AlloyExpression): readonly AlloyExpression[] {
  switch (expression.kind) {
    case 'literal':
    case 'identifier':
      return [];
    case 'access':
    case 'unary':
      return [expression.of];
    case 'index':
      return [expression.of, expression.index];
    case 'call':
      return [expression.of, ...expression.args];
    case 'binary':
      return [expression.left, expression.right];
    case 'array':
      return expression.items;
    case 'object':
      return expression.fields.map((field) => field.value);
  }
}
