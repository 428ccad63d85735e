import { promisesKept } from './config/promises-kept.ts';
import { configurationIsSound } from './config/sound.ts';
import { logsComeBack } from './ingest/logs.ts';
import { metricsComeBack } from './ingest/metrics.ts';
import { dataLieOnTheVolume, storageIsWritable } from './persistence/on-volume.ts';
import { getsReady } from './readiness/gets-ready.ts';
import { growthIsBounded } from './retention/bounded.ts';
import { retentionIsSwitchedOn } from './retention/enabled.ts';
import type { Requirement } from './types.ts';

const REQUIREMENTS: readonly Requirement[] = [
  getsReady,
  configurationIsSound,
  ...promisesKept,
  ...metricsComeBack,
  ...logsComeBack,
  retentionIsSwitchedOn,
  growthIsBounded,
  dataLieOnTheVolume,
  storageIsWritable,
];

/** Every requirement that is built, by area. */
export function allRequirements(): readonly Requirement[] {
  return REQUIREMENTS;
}
