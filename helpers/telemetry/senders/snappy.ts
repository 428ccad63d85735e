import { compress } from 'snappyjs';

/** Snappy's block format, which remote write and Loki's protobuf push want (not the framed one). */
export function snappy(bytes: Uint8Array): Uint8Array {
  return compress(bytes);
}
