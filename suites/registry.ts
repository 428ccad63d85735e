import { promisesKept } from './config/promises-kept.ts';
import { rulesAreSound } from './config/rules-sound.ts';
import { configurationHasNoTraps, configurationIsSound } from './config/sound.ts';
import { logsComeBack } from './ingest/logs.ts';
import { metricsComeBack } from './ingest/metrics.ts';
import { garbageIsRefused } from './ingest/refusals.ts';
import { storyComesBack } from './ingest/story.ts';
import { tracesComeBack } from './ingest/traces.ts';
import { limitsAreInForce } from './limits/effective.ts';
import { dataLieOnTheVolume, storageIsWritable } from './persistence/on-volume.ts';
import { getsReady } from './readiness/gets-ready.ts';
import { readinessMeansIt } from './readiness/means-it.ts';
import { staysUp } from './readiness/stays-up.ts';
import { growthIsBounded } from './retention/bounded.ts';
import { retentionIsInForce } from './retention/effective.ts';
import { retentionIsSwitchedOn } from './retention/enabled.ts';
import { securityRequirements } from './security/requirements.ts';
import { alertmanagerIsFound } from './self-monitoring/alertmanager.ts';
import { rulesAskForWhatExists } from './self-monitoring/rule-metrics.ts';
import { rulesAreLoaded } from './self-monitoring/rules.ts';
import { scrapedSamplesAreStored } from './self-monitoring/stored.ts';
import { targetsAreUp } from './self-monitoring/targets.ts';
import type { Requirement } from './types.ts';

const REQUIREMENTS: readonly Requirement[] = [
  getsReady,
  readinessMeansIt,
  staysUp,
  configurationIsSound,
  configurationHasNoTraps,
  ...promisesKept,
  rulesAreSound,
  ...metricsComeBack,
  ...logsComeBack,
  ...tracesComeBack,
  ...storyComesBack,
  garbageIsRefused,
  retentionIsSwitchedOn,
  retentionIsInForce,
  growthIsBounded,
  dataLieOnTheVolume,
  storageIsWritable,
  limitsAreInForce,
  ...securityRequirements,
  targetsAreUp,
  scrapedSamplesAreStored,
  rulesAreLoaded,
  rulesAskForWhatExists,
  alertmanagerIsFound,
];

/** Every requirement that is built, by area. */
export function allRequirements(): readonly Requirement[] {
  return REQUIREMENTS;
}
