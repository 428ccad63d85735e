import { parseGoDuration, parsePrometheusDuration } from '../../stack/definition/configs/shared/durations.ts';
import { parseBase2Bytes, parseDatasize, parseHumanizeBytes } from '../../stack/definition/configs/shared/sizes.ts';

export type Unit = 'ms' | 'bytes' | 'bytes/s' | 'count' | 'count/s';

/**
 * Every number that an engine's text can mean in a unit. Engines print what they read in forms of their own (`336h0m0s`,
 * `2w`, `256KB`), and keys that end in `_mb` count in MiB.
 */
export function meanings(text: unknown, unit: Unit, key: string): readonly number[] {
  const written = String(text);
  const candidates: (number | undefined)[] = [];
  if (unit === 'ms')
    candidates.push(parseGoDuration(written), parsePrometheusDuration(written), written === '0' ? 0 : undefined);
  else if (unit.startsWith('bytes'))
    candidates.push(parseBase2Bytes(written), parseDatasize(written), parseHumanizeBytes(written));
  const plain = Number(written);
  if (written.trim() !== '' && !Number.isNaN(plain)) {
    candidates.push(plain);
    if (/_mb$/.test(key)) candidates.push(plain * 1024 * 1024);
  }
  return [...new Set(candidates.filter((value) => value !== undefined))];
}
