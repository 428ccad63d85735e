import { Document, isNode, type Node } from 'yaml';

/** A value that replaces what the files before it say, or takes it away, instead of being merged with it. */
export class Tagged {
  readonly tag: '!override' | '!reset';
  readonly value: unknown;
  constructor(tag: '!override' | '!reset', value: unknown) {
    this.tag = tag;
    this.value = value;
  }
}

export function override(value: unknown): Tagged {
  return new Tagged('!override', value);
}

export function reset(value: null | readonly [] | Readonly<Record<string, never>> = null): Tagged {
  return new Tagged('!reset', value);
}

/**
 * A compose file as text. Compose interpolates override files too, so every `$` is doubled.
 * @see https://docs.docker.com/reference/compose-file/merge/#additional-information
 */
export function composeText(content: Readonly<Record<string, unknown>>): string {
  const document = new Document({});
  document.contents = toNode(document, content) as typeof document.contents;
  return document.toString({ lineWidth: 0 });
}

function toNode(document: Document, value: unknown): Node {
  if (value instanceof Tagged) {
    const node = toNode(document, value.value);
    node.tag = value.tag;
    return node;
  }
  if (typeof value === 'string') return document.createNode(value.replaceAll('$', () => '$$'));
  if (Array.isArray(value)) return document.createNode(value.map((item) => toNode(document, item)));
  if (value === null || typeof value !== 'object' || isNode(value)) return document.createNode(value) as Node;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return document.createNode(Object.fromEntries(entries.map(([key, inner]) => [key, toNode(document, inner)])));
}
