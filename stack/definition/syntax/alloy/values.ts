import type { Position } from '../../position.ts';

/** What an expression stands for, in as far as the files alone tell. */
export type AlloyValue =
  | { readonly kind: 'scalar'; readonly at: Position; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly at: Position; readonly items: readonly AlloyValue[] }
  | { readonly kind: 'map'; readonly at: Position; readonly fields: ReadonlyMap<string, AlloyValue> }
  /** Something that a component exports; `path` is as written: `otelcol.exporter.otlp.tempo.input`. */
  | { readonly kind: 'reference'; readonly at: Position; readonly path: readonly string[] }
  | { readonly kind: 'unknown'; readonly at: Position; readonly why: string };

/** The string, number or boolean as text; undefined for anything else. */
export function textOf(value: AlloyValue | undefined): string | undefined {
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

export function booleanOf(value: AlloyValue | undefined): boolean | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'boolean' ? value.value : undefined;
}

export function numberOf(value: AlloyValue | undefined): number | undefined {
  if (value?.kind !== 'scalar' || value.value === null || typeof value.value === 'boolean') return undefined;
  const number = Number(value.value);
  return value.value === '' || Number.isNaN(number) ? undefined : number;
}

/** Items of a list; empty for anything else. */
export function listOf(value: AlloyValue | undefined): readonly AlloyValue[] {
  return value?.kind === 'list' ? value.items : [];
}

export function scalar(at: Position, value: string | number | boolean | null): AlloyValue {
  return { kind: 'scalar', at, value };
}

export function unknown(at: Position, why: string): AlloyValue {
  return { kind: 'unknown', at, why };
}

/** A plain value (from JSON, say) with one position for all of it. */
export function fromPlain(at: Position, plain: unknown): AlloyValue {
  if (plain === null || plain === undefined) return scalar(at, null);
  if (typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean') return scalar(at, plain);
  if (Array.isArray(plain)) return { kind: 'list', at, items: plain.map((item) => fromPlain(at, item)) };
  const fields = new Map(Object.entries(plain).map(([key, value]) => [key, fromPlain(at, value)]));
  return { kind: 'map', at, fields };
}

/** The plain value, or undefined where any part of it is not known. */
export function toPlainValue(value: AlloyValue): unknown {
  if (value.kind === 'scalar') return value.value;
  if (value.kind === 'list') {
    const items = value.items.map(toPlainValue);
    return items.includes(undefined) ? undefined : items;
  }
  if (value.kind !== 'map') return undefined;
  const entries = [...value.fields].map(([key, field]) => [key, toPlainValue(field)] as const);
  return entries.some(([, field]) => field === undefined) ? undefined : Object.fromEntries(entries);
}
