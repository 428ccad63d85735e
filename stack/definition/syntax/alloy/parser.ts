import type { Finding, Position } from '../../position.ts';
import type { AlloyBlock, AlloyExpression, AlloyField, AlloyStatement } from './ast.ts';
import { lexAlloy, unquoteAlloy } from './lexer.ts';
import {
  type AlloyOperator,
  type AlloySyntaxProblem,
  type AlloyToken,
  type AlloyTokenKind,
  precedenceOf,
} from './tokens.ts';

/** A file in Alloy syntax, as far as it could be read. */
export interface AlloyFile {
  readonly body: readonly AlloyStatement[];
  /** One finding a line at most, in file order; Alloy itself refuses a file that has any. */
  readonly problems: readonly Finding[];
}

/**
 * Reads a file in Alloy's configuration syntax. After an error it goes on at the next statement, so that
 * everything that can be read is there.
 *
 * @see https://grafana.com/docs/alloy/latest/get-started/syntax/
 */
export function parseAlloy(text: string, file: string): AlloyFile {
  const { tokens, problems } = lexAlloy(text, file);
  const parser = new Parser(tokens, problems);
  const body = parser.parseBody('end of file');
  const found = [...problems].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  const lines = new Set<number>();
  const first = found.filter(({ at }) => !lines.has(at.line) && lines.add(at.line));
  return { body, problems: first.map(toFinding) };
}

/** Whether Alloy takes the text as a block label or an unquoted name. */
export function isAlloyIdentifier(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(text) && !['true', 'false', 'null'].includes(text);
}

function toFinding(problem: AlloySyntaxProblem): Finding {
  return {
    id: 'CONFIG-SYNTAX',
    severity: 'error',
    at: problem.at,
    message: `Alloy cannot read this file: ${problem.what}.`,
    remedy: 'Correct the syntax; `alloy fmt FILE` shows the same place.',
  };
}

const CLOSERS: ReadonlySet<AlloyTokenKind> = new Set(['end of line', 'end of file', ')', '}', ']', ',']);

class Parser {
  readonly #tokens: readonly AlloyToken[];
  readonly #problems: AlloySyntaxProblem[];
  #index = 0;

  constructor(tokens: readonly AlloyToken[], problems: AlloySyntaxProblem[]) {
    this.#tokens = tokens;
    this.#problems = problems;
  }

  /** Body = [ Statement { end-of-line Statement } ] */
  parseBody(until: AlloyTokenKind): AlloyStatement[] {
    const body: AlloyStatement[] = [];
    while (!this.#is(until) && !this.#is('end of file')) {
      const before = this.#index;
      const statement = this.#statement();
      if (statement !== undefined) body.push(statement);
      if (this.#is(until) || this.#is('end of file')) break;
      if (!this.#is('end of line')) {
        this.#expected('the end of the line after this statement');
        this.#skipStatement();
      }
      if (this.#is('end of line') || this.#index === before) this.#next();
    }
    return body;
  }

  /** Statement = identifier "=" Expression | BlockName [ string ] "{" Body "}" */
  #statement(): AlloyStatement | undefined {
    const start = this.#token;
    if (!this.#is('identifier')) {
      this.#expected('the name of an attribute or a block');
      this.#skipStatement();
      return undefined;
    }
    const parts = [this.#next().text];
    while (this.#is('.')) {
      this.#next();
      if (this.#is('identifier')) parts.push(this.#next().text);
      else this.#expected('a name after the dot');
    }
    const name = parts.join('.');
    if (this.#is('=')) {
      if (parts.length > 1) this.#problem(start.at, `the name of an attribute has no dot, but this is "${name}"`);
      this.#next();
      return { kind: 'attribute', name, at: start.at, value: this.#expression(1) };
    }
    const label = this.#label();
    if (this.#is('=') && label.labelAt !== undefined) {
      this.#problem(label.labelAt, `an attribute has no label, but "${name}" has one`);
      this.#next();
      return { kind: 'attribute', name, at: start.at, value: this.#expression(1) };
    }
    if (!this.#is('{')) {
      const both = parts.length === 1 && label.labelAt === undefined;
      this.#expected(both ? `"=" or "{" after "${name}"` : `"{" after "${name}"`);
      this.#skipStatement();
      return undefined;
    }
    return this.#block(name, start.at, label);
  }

  #block(name: string, at: Position, label: Pick<AlloyBlock, 'label' | 'labelAt'>): AlloyBlock {
    this.#next();
    const body = this.parseBody('}');
    if (this.#is('}')) this.#next();
    else this.#expected(`"}" that closes "${name}", opened at line ${at.line}`);
    return { kind: 'block', name, at, ...label, body };
  }

  #label(): Pick<AlloyBlock, 'label' | 'labelAt'> {
    if (!this.#is('string')) return {};
    const token = this.#next();
    if (!token.text.startsWith('"')) this.#problem(token.at, 'a label stands in double quotes');
    const label = token.text.slice(1, -1);
    if (label !== '' && !isAlloyIdentifier(label)) {
      this.#problem(
        token.at,
        `the label "${label}" is not an identifier (letters, digits and _, not starting with a digit)`,
      );
    }
    return label === '' ? { labelAt: token.at } : { label, labelAt: token.at };
  }

  #expression(lowest: number): AlloyExpression {
    let left = this.#power();
    for (;;) {
      const kind = this.#token.kind;
      const precedence = precedenceOf(kind);
      if (precedence === undefined || precedence < lowest) return left;
      this.#next();
      const right = this.#expression(precedence + 1);
      left = { kind: 'binary', at: left.at, operator: kind as AlloyOperator, left, right };
    }
  }

  /** PowExpr = UnaryExpr [ "^" PowExpr ] */
  #power(): AlloyExpression {
    const left = this.#unary();
    if (!this.#is('^')) return left;
    this.#next();
    return { kind: 'binary', at: left.at, operator: '^', left, right: this.#power() };
  }

  #unary(): AlloyExpression {
    const { kind, at } = this.#token;
    if (kind !== '!' && kind !== '-') return this.#suffixes(this.#primary());
    this.#next();
    return { kind: 'unary', at, operator: kind, of: this.#unary() };
  }

  /** { "." identifier | "[" Expression "]" | "(" [ ExpressionList ] ")" } */
  #suffixes(start: AlloyExpression): AlloyExpression {
    let of = start;
    for (;;) {
      if (this.#is('.')) {
        this.#next();
        if (!this.#is('identifier')) {
          this.#expected('a name after the dot');
          return of;
        }
        const name = this.#next();
        of = { kind: 'access', at: of.at, of, name: name.text, nameAt: name.at };
      } else if (this.#is('[')) {
        this.#next();
        const index = this.#expression(1);
        this.#close(']', 'index');
        of = { kind: 'index', at: of.at, of, index };
      } else if (this.#is('(')) {
        this.#next();
        const args = this.#list(')', 'the arguments', () => this.#expression(1));
        this.#close(')', 'call');
        of = { kind: 'call', at: of.at, of, args };
      } else if (this.#is('{') || this.#is('string')) {
        this.#problem(start.at, 'a block cannot be the value of an attribute; write the block without "="');
        if (this.#is('string')) this.#next();
        if (this.#is('{')) this.#block('block', start.at, {});
      } else return of;
    }
  }

  #primary(): AlloyExpression {
    const { kind, at, text } = this.#token;
    switch (kind) {
      case 'identifier':
        this.#next();
        return { kind: 'identifier', at, name: text };
      case 'string':
        this.#next();
        return { kind: 'literal', at, value: unquoteAlloy(text), raw: text };
      case 'number':
        this.#next();
        return { kind: 'literal', at, value: Number(text), raw: text };
      case 'bool':
        this.#next();
        return { kind: 'literal', at, value: text === 'true', raw: text };
      case 'null':
        this.#next();
        return { kind: 'literal', at, value: null, raw: text };
      case '(': {
        this.#next();
        const inner = this.#expression(1);
        this.#close(')', 'parenthesis');
        return inner;
      }
      case '[': {
        this.#next();
        const items = this.#list(']', 'the array', () => this.#expression(1));
        this.#close(']', 'array');
        return { kind: 'array', at, items };
      }
      case '{': {
        this.#next();
        const fields = this.#list('}', 'the object', () => this.#field());
        this.#close('}', 'object');
        return { kind: 'object', at, fields };
      }
      default:
        if (kind !== 'illegal') this.#expected('a value');
        while (!CLOSERS.has(this.#token.kind)) this.#next();
        return { kind: 'literal', at, value: null, raw: '' };
    }
  }

  /** Field = ( string | identifier ) "=" Expression */
  #field(): AlloyField {
    const { at, kind, text } = this.#token;
    if (kind !== 'identifier' && kind !== 'string') {
      this.#expected('the name of a field (an identifier or a string)');
      while (!CLOSERS.has(this.#token.kind) && !this.#is('=')) this.#next();
    } else this.#next();
    const name = kind === 'string' ? unquoteAlloy(text) : text;
    if (this.#is('=')) {
      this.#next();
      return { name, at, value: this.#expression(1) };
    }
    this.#expected(`"=" after the field "${name}"`);
    while (!CLOSERS.has(this.#token.kind)) this.#next();
    return { name, at, value: { kind: 'literal', at, value: null, raw: '' } };
  }

  #list<T>(until: AlloyTokenKind, where: string, element: () => T): T[] {
    const items: T[] = [];
    while (!this.#is(until) && !this.#is('end of file')) {
      const before = this.#index;
      items.push(element());
      if (this.#is(until)) break;
      if (this.#is(',')) {
        this.#next();
        continue;
      }
      if (this.#is('end of line')) {
        // Said where the comma belongs: at the end of the line, not on the next one.
        this.#problem(this.#token.at, `a comma is missing at the end of this line in ${where}`);
        this.#next();
      } else this.#expected(`a comma in ${where}`);
      if (this.#is('=') || this.#index === before) break;
    }
    return items;
  }

  #close(kind: AlloyTokenKind, what: string): void {
    if (this.#is(kind)) this.#next();
    else this.#expected(`"${kind}" that closes the ${what}`);
  }

  /** To the end of the statement, over everything in brackets that it opens. */
  #skipStatement(): void {
    let depth = 0;
    while (!this.#is('end of file')) {
      const { kind } = this.#token;
      if (kind === '{' || kind === '[' || kind === '(') depth++;
      if (kind === '}' || kind === ']' || kind === ')') {
        if (depth === 0 && kind === '}') return;
        depth = Math.max(0, depth - 1);
      }
      if (kind === 'end of line' && depth === 0) return;
      this.#next();
    }
  }

  get #token(): AlloyToken {
    const token = this.#tokens[Math.min(this.#index, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('the lexer always ends with an end-of-file token');
    return token;
  }

  #is(kind: AlloyTokenKind): boolean {
    return this.#token.kind === kind;
  }

  #next(): AlloyToken {
    const token = this.#token;
    this.#index++;
    return token;
  }

  #expected(what: string): void {
    const { kind, text, at } = this.#token;
    const got = kind === 'end of line' || kind === 'end of file' ? `the ${kind}` : `"${text.split('\n')[0]}"`;
    this.#problem(at, `expected ${what}, found ${got}`);
  }

  #problem(at: Position, what: string): void {
    this.#problems.push({ at, what });
  }
}
