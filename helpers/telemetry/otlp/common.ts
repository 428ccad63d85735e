import { indexResources, resourceOf } from '../attributes.ts';
import type { Attributes, AttributeValue, Resource, Scope } from '../types.ts';
import type { Dialect } from './dialect.ts';

/** A message as a plain object with the JSON names of OTLP's fields. */
export type Message = Readonly<Record<string, unknown>>;

/** Whole numbers become `intValue`, as the OpenTelemetry SDK for JavaScript decides it. */
export function anyValue(value: AttributeValue, dialect: Dialect): Message {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return { intValue: dialect.long(value) };
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: dialect.long(value) } : { doubleValue: dialect.double(value) };
    default:
      return { arrayValue: { values: value.map((item) => anyValue(item, dialect)) } };
  }
}

export function keyValues(attributes: Attributes, dialect: Dialect): readonly Message[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value, dialect) }));
}

interface Grouped {
  readonly resource: string;
  readonly scope: Scope;
}

/**
 * Records by resource and, in it, by scope, in the order in which each first appears.
 *
 * @throws RangeError where a record's resource is not among `resources`.
 */
export function grouped<T extends Grouped>(
  resources: readonly Resource[],
  records: readonly T[],
  dialect: Dialect,
  names: { readonly scopes: string; readonly records: string },
  encode: (record: T) => Message,
): readonly Message[] {
  const index = indexResources(resources);
  const byResource = new Map<string, Map<string, { scope: Scope; encoded: Message[] }>>();
  for (const record of records) {
    const scopes = byResource.get(record.resource) ?? new Map<string, { scope: Scope; encoded: Message[] }>();
    byResource.set(record.resource, scopes);
    const key = `${record.scope.name} ${record.scope.version}`;
    const group = scopes.get(key) ?? { scope: record.scope, encoded: [] };
    scopes.set(key, group);
    group.encoded.push(encode(record));
  }
  return [...byResource].map(([name, scopes]) => ({
    resource: { attributes: keyValues(resourceOf(index, name).attributes, dialect) },
    [names.scopes]: [...scopes.values()].map(({ scope, encoded }) => ({
      scope: scopeMessage(scope, dialect),
      [names.records]: encoded,
    })),
  }));
}

function scopeMessage(scope: Scope, dialect: Dialect): Message {
  return {
    name: scope.name,
    version: scope.version,
    ...(scope.attributes === undefined ? {} : { attributes: keyValues(scope.attributes, dialect) }),
  };
}
