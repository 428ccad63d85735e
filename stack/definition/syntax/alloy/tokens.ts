import type { Position } from '../../position.ts';

/** Kinds of token of the Alloy syntax; operators and brackets are their own text. */
export type AlloyTokenKind =
  | 'end of file'
  | 'end of line'
  | 'identifier'
  | 'number'
  | 'string'
  | 'bool'
  | 'null'
  | 'illegal'
  | AlloyOperator
  | '!'
  | '='
  | '{'
  | '}'
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '.';

export type AlloyOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '^';

export interface AlloyToken {
  readonly kind: AlloyTokenKind;
  /** As it stands in the file, quotes and escapes included. */
  readonly text: string;
  readonly at: Position;
}

/** Something that the language does not allow, at the place where it was noticed. */
export interface AlloySyntaxProblem {
  readonly at: Position;
  /** What is wrong, without a full stop. */
  readonly what: string;
}

/** How strongly a binary operator binds, 1 to 6; undefined for anything else. `^` binds to the right. */
export function precedenceOf(kind: AlloyTokenKind): number | undefined {
  return PRECEDENCE[kind];
}

const PRECEDENCE: Readonly<Partial<Record<AlloyTokenKind, number>>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
};
