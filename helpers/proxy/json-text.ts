/**
 * JSON with the place of every value in the text, so that one datum can be changed and every other byte stays: a parse
 * and print would round large integers and respell numbers.
 */
export type JsonNode = ObjectNode | ArrayNode | StringNode | ScalarNode;

interface Span {
  /** Offsets into the text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface ObjectNode extends Span {
  readonly kind: 'object';
  readonly members: readonly Member[];
}

export interface Member extends Span {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonNode;
}

export interface ArrayNode extends Span {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

export interface StringNode extends Span {
  readonly kind: 'string';
  readonly value: string;
}

export interface ScalarNode extends Span {
  readonly kind: 'number' | 'boolean' | 'null';
  /** As written. */
  readonly text: string;
}

/** Replace `[start, end)` of a text. */
export interface Splice extends Span {
  readonly text: string;
}

/** @throws SyntaxError when the text is not JSON. */
export function parseJsonText(text: string): JsonNode {
  // The platform's parser is the judge of what is JSON; the walk below then need not check.
  JSON.parse(text);
  return new Walker(text).value();
}

/** Applies splices that do not overlap. */
export function splice(text: string, splices: readonly Splice[]): string {
  let result = text;
  for (const { start, end, text: insert } of [...splices].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + insert + result.slice(end);
  }
  return result;
}

/** Takes an element of a list or a member of an object out, with one comma. */
export function removal(siblings: readonly Span[], index: number): Splice {
  const node = siblings[index];
  const next = siblings[index + 1];
  const previous = siblings[index - 1];
  if (node === undefined) throw new RangeError(`there is no sibling ${index}`);
  if (next !== undefined) return { start: node.start, end: next.start, text: '' };
  return { start: previous?.end ?? node.start, end: node.end, text: '' };
}

export function memberOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.find((member) => member.key === key)?.value : undefined;
}

/** The node at keys from the root, undefined where there is none. */
export function at(node: JsonNode | undefined, ...keys: readonly string[]): JsonNode | undefined {
  return keys.reduce<JsonNode | undefined>((below, key) => memberOf(below, key), node);
}

export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}

export function membersOf(node: JsonNode | undefined): readonly Member[] {
  return node?.kind === 'object' ? node.members : [];
}

class Walker {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): JsonNode {
    this.#space();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        return this.#string();
      default:
        return this.#scalar();
    }
  }

  #object(): ObjectNode {
    const start = this.#at++;
    const members: Member[] = [];
    while (this.#more('}')) {
      const key = this.#string();
      this.#space();
      this.#at++; // the colon
      const value = this.value();
      members.push({
        key: key.value,
        keySpan: { start: key.start, end: key.end },
        value,
        start: key.start,
        end: value.end,
      });
    }
    return { kind: 'object', start, end: this.#at, members };
  }

  #array(): ArrayNode {
    const start = this.#at++;
    const items: JsonNode[] = [];
    while (this.#more(']')) items.push(this.value());
    return { kind: 'array', start, end: this.#at, items };
  }

  /** Moves to the next element, or past the closing bracket. */
  #more(closing: string): boolean {
    this.#space();
    if (this.#text[this.#at] === ',') {
      this.#at++;
      this.#space();
    }
    if (this.#text[this.#at] !== closing) return true;
    this.#at++;
    return false;
  }

  #string(): StringNode {
    const start = this.#at++;
    while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    const end = ++this.#at;
    const value: unknown = JSON.parse(this.#text.slice(start, end));
    return { kind: 'string', start, end, value: String(value) };
  }

  #scalar(): ScalarNode {
    const start = this.#at;
    while (this.#at < this.#text.length && !/[\s,\]}]/.test(this.#text[this.#at] ?? '')) this.#at++;
    const text = this.#text.slice(start, this.#at);
    const kind = text === 'null' ? 'null' : text === 'true' || text === 'false' ? 'boolean' : 'number';
    return { kind, start, end: this.#at, text };
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
