import type { ConfigMap, ConfigNode } from '../config-node.ts';
import { closest } from './closest.ts';
import { formatPath, isNull, kindOf, type Path, refuse } from './tree.ts';

export type Primitive = 'string' | 'number' | 'integer' | 'boolean' | 'null';

/** What may stand at a place of a file. */
export type Shape =
  | { readonly is: 'scalar'; readonly types: readonly Primitive[]; readonly words?: readonly string[] }
  | { readonly is: 'list'; readonly of: Shape; readonly distinct: boolean }
  | {
      readonly is: 'object';
      readonly fields: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
    }
  | { readonly is: 'dictionary'; readonly of: Shape; readonly keys: RegExp; readonly closed: boolean }
  | { readonly is: 'either'; readonly options: readonly Shape[] }
  | { readonly is: 'anything' };

export const of = (...types: Primitive[]): Shape => ({ is: 'scalar', types });
export const oneOf = (...words: string[]): Shape => ({ is: 'scalar', types: ['string'], words });
export const listOf = (item: Shape): Shape => ({ is: 'list', of: item, distinct: false });
export const setOf = (item: Shape): Shape => ({ is: 'list', of: item, distinct: true });
export const object = (fields: Readonly<Record<string, Shape>>, ...required: string[]): Shape => ({
  is: 'object',
  fields,
  required,
});
/** `closed`: a key that does not match is refused, else it is left alone. */
export const dictionary = (value: Shape, keys = /^.+$/, closed = true): Shape => ({
  is: 'dictionary',
  of: value,
  keys,
  closed,
});
export const either = (...options: Shape[]): Shape => ({ is: 'either', options });
export const anything: Shape = { is: 'anything' };

/**
 * Holds a tree against a shape. Keys that begin with `x-` are free in every object.
 * @throws InputError at the first thing that does not fit
 */
export function checkShape(node: ConfigNode, shape: Shape, path: Path = []): void {
  if (!accepts(shape, node)) mismatch(node, shape, path);
  if (shape.is === 'either') {
    const option = shape.options.find((candidate) => accepts(candidate, node));
    if (option !== undefined) checkShape(node, option, path);
  } else if (shape.is === 'scalar') checkWords(node, shape, path);
  else if (node.kind === 'list' && shape.is === 'list') {
    for (const item of node.items) checkShape(item, shape.of, [...path, '[]']);
    if (shape.distinct) checkDistinct(node.items, path);
  } else if (node.kind === 'map' && shape.is === 'object') checkObject(node, shape, path);
  else if (node.kind === 'map' && shape.is === 'dictionary') checkDictionary(node, shape, path);
}

function checkDictionary(node: ConfigMap, shape: Extract<Shape, { is: 'dictionary' }>, path: Path): void {
  for (const [key, entry] of node.entries) {
    if (shape.keys.test(key)) checkShape(entry.node, shape.of, [...path, key]);
    else if (shape.closed) {
      refuse(
        `${formatPath([...path, key])} is not a name that compose takes.`,
        entry.keyAt,
        'Use letters, digits, dots, dashes and underscores.',
      );
    }
  }
}

function checkObject(node: ConfigMap, shape: Extract<Shape, { is: 'object' }>, path: Path): void {
  for (const [key, entry] of node.entries) {
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field !== undefined) checkShape(entry.node, field, [...path, key]);
    else if (!key.startsWith('x-')) {
      const nearest = closest(key, Object.keys(shape.fields));
      const where = path.length === 0 ? 'at the top of a compose file' : `in ${formatPath(path)}`;
      refuse(
        `Compose knows no key "${key}" ${where}.`,
        entry.keyAt,
        nearest === undefined
          ? 'Remove it, or begin it with x- if it is meant for you alone.'
          : `Did you mean "${nearest}"?`,
      );
    }
  }
  const missing = shape.required.find((key) => !node.entries.has(key));
  if (missing !== undefined) refuse(`${formatPath(path)} lacks the key "${missing}".`, node.at, `Add \`${missing}:\`.`);
}

function checkWords(node: ConfigNode, shape: Extract<Shape, { is: 'scalar' }>, path: Path): void {
  const { words } = shape;
  if (words === undefined || node.kind !== 'scalar' || words.includes(String(node.value))) return;
  const nearest = closest(String(node.value), words);
  refuse(
    `${formatPath(path)} is "${String(node.value)}", and must be one of ${words.join(', ')}.`,
    node.at,
    nearest === undefined ? `Write one of ${words.join(', ')}.` : `Did you mean "${nearest}"?`,
  );
}

function checkDistinct(items: readonly ConfigNode[], path: Path): void {
  const seen = new Set<string>();
  for (const item of items) {
    if (item.kind !== 'scalar') continue;
    const text = `${typeof item.value} ${String(item.value)}`;
    if (seen.has(text))
      refuse(`${formatPath(path)} names "${String(item.value)}" twice.`, item.at, 'Remove one of the two.');
    seen.add(text);
  }
}

/** Whether the kind of the node fits; what is inside is not looked at. */
function accepts(shape: Shape, node: ConfigNode): boolean {
  switch (shape.is) {
    case 'anything':
      return true;
    case 'list':
      return node.kind === 'list';
    case 'object':
    case 'dictionary':
      return node.kind === 'map';
    case 'either':
      return shape.options.some((option) => accepts(option, node));
    case 'scalar': {
      if (node.kind !== 'scalar') return false;
      const { value } = node;
      if (value === null) return shape.types.includes('null');
      if (typeof value === 'number') {
        return shape.types.includes('number') || (shape.types.includes('integer') && Number.isInteger(value));
      }
      return shape.types.includes(typeof value === 'boolean' ? 'boolean' : 'string');
    }
  }
}

function mismatch(node: ConfigNode, shape: Shape, path: Path): never {
  const wanted = [...new Set(describe(shape))];
  const last = wanted.pop();
  const words = wanted.length === 0 ? last : `${wanted.join(', ')} or ${last}`;
  const where = path.length === 0 ? 'A compose file' : formatPath(path);
  const remedy =
    node.kind === 'scalar' && node.value !== null && !isNull(node) && wanted.length === 0 && last === 'a string'
      ? `Write it in quotes: "${node.raw}".`
      : `Write ${words}.`;
  refuse(`${where} must be ${words}, and is ${kindOf(node)}.`, node.at, remedy);
}

function describe(shape: Shape): string[] {
  switch (shape.is) {
    case 'anything':
      return ['anything'];
    case 'list':
      return ['a list'];
    case 'object':
    case 'dictionary':
      return ['a mapping'];
    case 'either':
      return shape.options.flatMap(describe);
    case 'scalar':
      return shape.types.map((type) => (type === 'null' ? 'nothing' : type === 'integer' ? 'an integer' : `a ${type}`));
  }
}
