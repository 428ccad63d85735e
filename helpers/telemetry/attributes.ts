import type { Attributes, AttributeValue, Resource } from './types.ts';

/** An attribute's value as text, as OpenTelemetry's Collector and the engines write it: arrays as JSON. */
export function textOf(value: AttributeValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The name under which engines with the Prometheus data model store an attribute: all but letters, digits and `_` become `_`. */
export function labelNameOf(attribute: string): string {
  const name = attribute.replace(/[^a-zA-Z0-9_]+|_{2,}/g, '_');
  return /^[0-9]/.test(name) ? `key_${name}` : name;
}

/** Attributes as labels; later ones win where two names become one. */
export function labelsOf(attributes: Attributes): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) labels[labelNameOf(name)] = textOf(value);
  return labels;
}

export type ResourceIndex = ReadonlyMap<string, Resource>;

export function indexResources(resources: readonly Resource[]): ResourceIndex {
  return new Map(resources.map((resource) => [resource.serviceName, resource]));
}

/** @throws RangeError where a record refers to a resource that its story does not have. */
export function resourceOf(index: ResourceIndex, name: string): Resource {
  const found = index.get(name);
  if (found === undefined) {
    throw new RangeError(
      `A record refers to the resource "${name}", but there are only: ${[...index.keys()].join(', ')}.`,
    );
  }
  return found;
}
