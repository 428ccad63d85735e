/** An answer does not have the shape that the engine's documentation promises. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  /** JSON path of the datum: `$.data.result[3].value[1]`. */
  readonly path: string;
  readonly expected: string;
  /** The datum found, cut to a readable size. */
  readonly got: string;
  /** What was decoded: `the answer of GET http://…`. */
  readonly source: string | undefined;

  constructor(expected: string, got: string, path = '', source?: string) {
    super(`${source === undefined ? '' : `${source}: `}$${path} should be ${expected} but is ${got}`);
    this.path = `$${path}`;
    this.expected = expected;
    this.got = got;
    this.source = source;
  }

  /** The same error, one level further up. */
  under(segment: string): DecodeError {
    return new DecodeError(this.expected, this.got, `${segment}${this.path.slice(1)}`, this.source);
  }

  /** The same error, naming what was decoded. */
  in(source: string): DecodeError {
    return new DecodeError(this.expected, this.got, this.path.slice(1), source);
  }
}

/** Turns JSON of unknown shape into a typed value. @throws DecodeError with the path below the value it was given. */
export type Decoder<T> = (json: unknown) => T;
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

export function mismatch(expected: string, json: unknown): DecodeError {
  return new DecodeError(expected, show(json));
}

function show(json: unknown): string {
  if (json === undefined) return 'missing';
  const text = JSON.stringify(json) ?? String(json);
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}

export const anything: Decoder<unknown> = (json) => json;

export const text: Decoder<string> = (json) => {
  if (typeof json !== 'string') throw mismatch('a string', json);
  return json;
};

export const number: Decoder<number> = (json) => {
  if (typeof json !== 'number') throw mismatch('a number', json);
  return json;
};

export const bool: Decoder<boolean> = (json) => {
  if (typeof json !== 'boolean') throw mismatch('true or false', json);
  return json;
};

/** An object, its fields unread. */
export const object: Decoder<JsonObject> = (json) => {
  if (!isJsonObject(json)) throw mismatch('an object', json);
  return json;
};

/** A float as the engines write it: a string such as `1.5`, `1e+06`, `NaN`, `+Inf`, `-Inf`, or a JSON number. */
export const floatText: Decoder<number> = (json) => {
  if (typeof json === 'number') return json;
  if (typeof json !== 'string') throw mismatch('a number in a string', json);
  switch (json) {
    case 'NaN':
      return Number.NaN;
    case '+Inf':
    case 'Inf':
    case 'Infinity':
      return Number.POSITIVE_INFINITY;
    case '-Inf':
    case '-Infinity':
      return Number.NEGATIVE_INFINITY;
    default: {
      const value = json.trim() === '' ? Number.NaN : Number(json);
      if (Number.isNaN(value)) throw mismatch('a number in a string', json);
      return value;
    }
  }
};

/** A 64-bit integer, in a string or as a JSON number that JavaScript read without loss. */
export const int64: Decoder<bigint> = (json) => {
  if (typeof json === 'string' && /^-?\d+$/.test(json)) return BigInt(json);
  if (typeof json === 'number' && Number.isSafeInteger(json)) return BigInt(json);
  if (typeof json === 'number' && Number.isInteger(json)) {
    throw mismatch('an integer that fits a JSON number without loss', json);
  }
  throw mismatch('an integer', json);
};

/** An integer of up to 53 bits, as a JSON number or in a string. */
export const int: Decoder<number> = (json) => {
  const value = typeof json === 'string' && /^-?\d+$/.test(json) ? Number(json) : json;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw mismatch('an integer', json);
  return value;
};

/** Seconds since the epoch with a fraction, as Prometheus writes them → milliseconds. */
export const secondsToMs: Decoder<number> = (json) => Math.round(number(json) * 1000);

export function list<T>(item: Decoder<T>): Decoder<readonly T[]> {
  return (json) => {
    if (!Array.isArray(json)) throw mismatch('a list', json);
    return json.map((element: unknown, index) => within(index, item, element));
  };
}

/** Go encodes an empty list as null. */
export function listOrNull<T>(item: Decoder<T>): Decoder<readonly T[]> {
  const decodeList = list(item);
  return (json) => (json === null || json === undefined ? [] : decodeList(json));
}

export function mapOf<T>(item: Decoder<T>): Decoder<Readonly<Record<string, T>>> {
  return (json) =>
    Object.fromEntries(Object.entries(object(json)).map(([key, value]) => [key, within(key, item, value)]));
}

/** Names to texts. */
export const labelSet: Decoder<Readonly<Record<string, string>>> = (json) => {
  if (!isLabelSet(json)) throw labelSetFault(json);
  return json;
};

/** Looked at in place: label sets are the most of what the engines answer. */
function isLabelSet(json: unknown): json is Readonly<Record<string, string>> {
  if (!isJsonObject(json)) return false;
  for (const key in json) if (typeof json[key] !== 'string') return false;
  return true;
}

function labelSetFault(json: unknown): unknown {
  try {
    textMap(json);
  } catch (error) {
    return error;
  }
  return mismatch('an object of strings', json);
}

const textMap = mapOf(text);

/** A required field of an object. */
export function field<T>(from: JsonObject, key: string, decoder: Decoder<T>): T {
  return within(key, decoder, from[key]);
}

/** A field that may be absent or null: then `fallback`. */
export function fieldOr<T, F>(from: JsonObject, key: string, decoder: Decoder<T>, fallback: F): T | F {
  const value = from[key];
  return value === undefined || value === null ? fallback : within(key, decoder, value);
}

/** `{ [key]: value }` where the field is there, `{}` where not: for optional properties. */
export function optional<K extends string, T>(from: JsonObject, key: K, decoder: Decoder<T>): { readonly [P in K]?: T };
export function optional<T>(from: JsonObject, key: string, decoder: Decoder<T>): Readonly<Record<string, T>> {
  const value = from[key];
  return value === undefined || value === null ? {} : { [key]: within(key, decoder, value) };
}

/** The `index`th element of a list that stands for a tuple. */
export function element<T>(from: readonly unknown[], index: number, decoder: Decoder<T>): T {
  return within(index, decoder, from[index]);
}

export const tuple: Decoder<readonly unknown[]> = (json) => {
  if (!Array.isArray(json)) throw mismatch('a list', json);
  return json;
};

/** Parses a body as JSON and decodes it; both failures name `source`, which may be made only then. */
export function decodeJson<T>(body: string, decoder: Decoder<T>, source: string | (() => string)): T {
  const named = (): string => (typeof source === 'string' ? source : source());
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    const start = body.length <= 80 ? body : `${body.slice(0, 80)}… (${body.length} characters)`;
    throw new DecodeError('JSON', body === '' ? 'empty' : `not: ${start}`, '', named());
  }
  try {
    return decoder(json);
  } catch (error) {
    throw error instanceof DecodeError ? error.in(named()) : error;
  }
}

function within<T>(at: string | number, decoder: Decoder<T>, json: unknown): T {
  try {
    return decoder(json);
  } catch (error) {
    throw error instanceof DecodeError ? error.under(segment(at)) : error;
  }
}

function segment(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
