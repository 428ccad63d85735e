import { ARGUMENT_LIST, SHAPE_LIST } from './argument-list.ts';

/** What may stand in a component's body, or in a block in it. */
export interface ArgumentShape {
  readonly attributes: ReadonlySet<string>;
  readonly blocks: ReadonlyMap<string, ArgumentShape>;
  /** Attributes and blocks that every version demands. */
  readonly required: ReadonlySet<string>;
  /** True: anything may stand there. */
  readonly open: boolean;
}

let lines: ReadonlyMap<string, string> | undefined;
let shapes: ReadonlyMap<string, string> | undefined;
const parsed = new Map<string, ArgumentShape>();

/** The arguments of a component, or undefined for one that is not in the table. */
export function argumentsOf(type: string): ArgumentShape | undefined {
  lines ??= toMap(ARGUMENT_LIST);
  const known = parsed.get(type);
  const line = lines.get(type);
  if (known !== undefined || line === undefined) return known;
  const shape = parseShape(line);
  parsed.set(type, shape);
  return shape;
}

function toMap(list: string): ReadonlyMap<string, string> {
  return new Map(
    list
      .trim()
      .split('\n')
      .map((line) => {
        const space = line.indexOf(' ');
        return [line.slice(0, space), line.slice(space + 1)] as const;
      }),
  );
}

function parseShape(text: string): ArgumentShape {
  const attributes = new Set<string>();
  const blocks = new Map<string, ArgumentShape>();
  const required = new Set<string>();
  let open = false;
  const word = /\s*([\w.*]+)(!?)(=?)(?:<(\d+)>|(\{))?/y;
  for (let index = 0; index < text.length; index = word.lastIndex) {
    word.lastIndex = index;
    const match = word.exec(text);
    if (match === null) break;
    const [, name = '', needed, both, shared, brace] = match;
    if (name === '*') open = true;
    else if (shared === undefined && brace === undefined) attributes.add(name);
    else {
      const end = brace === undefined ? word.lastIndex : closing(text, word.lastIndex);
      const inner = shared === undefined ? text.slice(word.lastIndex, end) : sharedShape(shared);
      blocks.set(name, parseShape(inner));
      if (both !== '') attributes.add(name);
      if (brace !== undefined) word.lastIndex = end + 1;
    }
    if (needed !== '') required.add(name);
  }
  return { attributes, blocks, required, open };
}

function sharedShape(number: string): string {
  shapes ??= toMap(SHAPE_LIST);
  return shapes.get(number) ?? '*';
}

function closing(text: string, start: number): number {
  let depth = 1;
  for (let index = start; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '{') depth++;
    if (char === '}' && --depth === 0) return index;
  }
  return text.length;
}
