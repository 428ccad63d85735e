import { createHash } from 'node:crypto';

/**
 * Identifiers as a function of what they identify: no randomness, so that a later process computes the same ones.
 * `scope` is the story's own key (run id and start), `name` what the id is for.
 */
export function hashOf(scope: string, name: string): Buffer {
  return createHash('sha256').update(scope).update('\u0000').update(name).digest();
}

/** 32 lower-case hex digits, W3C Trace Context's trace-id. */
export function traceIdOf(scope: string, name: string): string {
  return hashOf(scope, `trace ${name}`).toString('hex', 0, 16);
}

/** 16 lower-case hex digits, unique within and, for all practical purposes, between traces. */
export function spanIdOf(traceId: string, index: number): string {
  return hashOf(traceId, `span ${index}`).toString('hex', 0, 8);
}

/** A whole number in [0, below), a function of its arguments. */
export function numberOf(scope: string, name: string, below: number): number {
  return hashOf(scope, name).readUInt32BE(0) % below;
}
