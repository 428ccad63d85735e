import { getsReady } from './readiness/gets-ready.ts';
import type { Requirement } from './types.ts';

const REQUIREMENTS: readonly Requirement[] = [getsReady];

/** Every requirement that is built, by area. */
export function allRequirements(): readonly Requirement[] {
  return REQUIREMENTS;
}
