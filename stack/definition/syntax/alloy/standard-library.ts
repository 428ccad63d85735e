import { parse as parseYamlText } from 'yaml';
import type { Position } from '../../position.ts';
import { type AlloyValue, fromPlain, listOf, scalar, textOf, toPlainValue, unknown } from './values.ts';

type StandardFunction = (at: Position, args: readonly AlloyValue[], env: (name: string) => string) => AlloyValue;

/**
 * The functions of Alloy's standard library, those of before 1.5 included (`env` for `sys.env`). A function whose
 * result the files do not tell gives an unknown value.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/stdlib/
 */
export const STANDARD_FUNCTIONS: ReadonlyMap<string, StandardFunction> = new Map(
  Object.entries({
    'sys.env': readEnvironment,
    env: readEnvironment,
    coalesce: (at, args) => args.find((arg) => !isEmpty(arg)) ?? args.at(-1) ?? scalar(at, null),
    json_path: notComputed('json_path'),
    'array.concat': concat,
    concat,
    'array.combine_maps': notComputed('array.combine_maps'),
    'array.group_by': notComputed('array.group_by'),
    'convert.nonsensitive': (at, [value]) => value ?? scalar(at, ''),
    nonsensitive: (at, [value]) => value ?? scalar(at, ''),
    'encoding.from_json': decode((text) => JSON.parse(text)),
    json_decode: decode((text) => JSON.parse(text)),
    'encoding.from_yaml': decode((text) => parseYamlText(text)),
    yaml_decode: decode((text) => parseYamlText(text)),
    'encoding.from_base64': decode((text) => Buffer.from(text, 'base64').toString()),
    base64_decode: decode((text) => Buffer.from(text, 'base64').toString()),
    'encoding.from_URLbase64': decode((text) => Buffer.from(text, 'base64url').toString()),
    'encoding.to_json': (at, [value]) => {
      const plain = value === undefined ? undefined : toPlainValue(value);
      return plain === undefined ? unknown(at, 'its argument is not known') : scalar(at, JSON.stringify(plain));
    },
    'encoding.to_base64': decode((text) => Buffer.from(text).toString('base64')),
    'encoding.to_URLbase64': decode((text) => Buffer.from(text).toString('base64url')),
    'encoding.url_encode': decode((text) => encodeURIComponent(text).replaceAll('%20', '+')),
    'encoding.url_decode': decode((text) => decodeURIComponent(text.replaceAll('+', ' '))),
    'file.path_join': texts((...parts) =>
      parts
        .filter((part) => part !== '')
        .join('/')
        .replaceAll(/\/+/g, '/'),
    ),
    ...strings('string.'),
    ...strings(''),
  }),
);

function strings(prefix: string): Record<string, StandardFunction> {
  const functions: Record<string, StandardFunction> = {
    format: (at, args) => format(at, args),
    join: (at, [list, separator]) => {
      const parts = listOf(list).map(textOf);
      const between = textOf(separator);
      const known = list?.kind === 'list' && between !== undefined && !parts.includes(undefined);
      return known ? scalar(at, parts.join(between)) : unknown(at, 'its arguments are not known');
    },
    replace: texts((text = '', from = '', to = '') => text.replaceAll(from, to)),
    split: (at, [text, separator]) => {
      const whole = textOf(text);
      const between = textOf(separator);
      if (whole === undefined || between === undefined) return unknown(at, 'its arguments are not known');
      return { kind: 'list', at, items: whole.split(between).map((part) => scalar(at, part)) };
    },
    to_lower: texts((text = '') => text.toLowerCase()),
    to_upper: texts((text = '') => text.toUpperCase()),
    trim: texts((text = '', set = '') => trimSet(trimSet(text, set, true), set, false)),
    trim_prefix: texts((text = '', prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
    trim_suffix: texts((text = '', suffix = '') =>
      suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
    ),
    trim_space: texts((text = '') => text.trim()),
  };
  return Object.fromEntries(Object.entries(functions).map(([name, run]) => [prefix + name, run]));
}

function readEnvironment(at: Position, [name]: readonly AlloyValue[], env: (name: string) => string): AlloyValue {
  const variable = textOf(name);
  return variable === undefined ? unknown(at, 'the name of the variable is not known') : scalar(at, env(variable));
}

function notComputed(name: string): StandardFunction {
  return (at) => unknown(at, `${name}() is not computed`);
}

function decode(run: (text: string) => unknown): StandardFunction {
  return (at, [value]) => {
    const text = textOf(value);
    if (text === undefined) return unknown(at, 'its argument is not known');
    try {
      return fromPlain(at, run(text));
    } catch {
      return unknown(at, 'its argument cannot be decoded');
    }
  };
}

function texts(run: (...args: string[]) => string): StandardFunction {
  return (at, args) => {
    const known = args.map(textOf).filter((text) => text !== undefined);
    return known.length === args.length ? scalar(at, run(...known)) : unknown(at, 'its arguments are not known');
  };
}

function concat(at: Position, args: readonly AlloyValue[]): AlloyValue {
  const lost = args.find((arg) => arg.kind === 'unknown' || arg.kind === 'scalar');
  if (lost?.kind === 'unknown') return lost;
  // What a component exports stands for itself: lists of targets are followed by their references.
  return { kind: 'list', at, items: args.flatMap((arg) => (arg.kind === 'list' ? arg.items : [arg])) };
}

function isEmpty(value: AlloyValue): boolean {
  if (value.kind === 'scalar')
    return value.value === null || value.value === '' || value.value === 0 || value.value === false;
  if (value.kind === 'list') return value.items.length === 0;
  return value.kind === 'map' && value.fields.size === 0;
}

function trimSet(text: string, set: string, start: boolean): string {
  let rest = text;
  while (rest !== '' && set.includes(start ? rest.charAt(0) : rest.charAt(rest.length - 1))) {
    rest = start ? rest.slice(1) : rest.slice(0, -1);
  }
  return rest;
}

/** Go's `fmt.Sprintf` for the plain verbs. */
function format(at: Position, [pattern, ...args]: readonly AlloyValue[]): AlloyValue {
  const text = textOf(pattern);
  const values = args.map(textOf);
  if (text === undefined || values.includes(undefined)) return unknown(at, 'its arguments are not known');
  if (/%[^%svdtq]/.test(text.replaceAll('%%', ''))) return unknown(at, 'its format is not computed');
  let next = 0;
  const result = text.replace(/%([%svdtq])/g, (_, verb: string) => {
    if (verb === '%') return '%';
    const value = values[next++] ?? '%!(MISSING)';
    return verb === 'q' ? JSON.stringify(value) : value;
  });
  return scalar(at, result);
}
