/** How OTLP writes ids and 64-bit integers: the only places where its JSON and protobuf forms differ in shape. */
export interface Dialect {
  readonly id: (hex: string) => string | Uint8Array;
  readonly long: (value: bigint | number) => string | LongBits;
  readonly double: (value: number) => number | string;
}

/** What protobufjs takes for a 64-bit integer without a library for them. */
export interface LongBits {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

/**
 * Hex ids instead of base64, 64-bit integers as decimal strings, enumerations as numbers.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export const JSON_DIALECT: Dialect = {
  id: (hex) => hex,
  long: (value) => String(value),
  double: (value) => (Number.isFinite(value) ? value : String(value)),
};

export const PROTOBUF_DIALECT: Dialect = {
  id: (hex) => Buffer.from(hex, 'hex'),
  long: longBits,
  double: (value) => value,
};

/** Two's complement halves, as both signed and unsigned fields write them. */
export function longBits(value: bigint | number): LongBits {
  if (typeof value === 'number' && value >= 0) {
    return { low: value | 0, high: Math.floor(value / 2 ** 32) | 0, unsigned: false };
  }
  const bits = BigInt.asUintN(64, BigInt(value));
  return { low: Number(bits & 0xffffffffn) | 0, high: Number(bits >> 32n) | 0, unsigned: false };
}
