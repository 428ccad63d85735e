import { type ConfigNode, nodeAt } from '../../config-node.ts';
import type { RetentionFact } from '../../facts.ts';
import type { Setting } from '../../position.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import { mapSetting, scalarSetting, setting } from '../shared/facts-builder.ts';
import type { FindingList } from '../shared/findings.ts';
import { parseBase2Bytes } from '../shared/sizes.ts';
import type { PrometheusCommand } from './command.ts';

/** What Prometheus keeps where nobody says anything: `15d`. */
const DEFAULT_RETENTION_MS = 15 * 86_400_000;

/**
 * How long and how much Prometheus keeps. A `storage.tsdb.retention` section of the file beats the flags as a whole;
 * the default of 15 days counts only where there is neither a time nor a size. A time of 0 keeps for ever.
 *
 * @see https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects
 */
export function readRetention(
  root: ConfigNode | undefined,
  command: PrometheusCommand,
  findings: FindingList,
): RetentionFact {
  const section = nodeAt(root, 'storage', 'tsdb', 'retention');
  const [time, size] =
    section?.kind === 'map'
      ? [
          scalarSetting('storage.tsdb.retention.time', nodeAt(section, 'time')),
          scalarSetting('storage.tsdb.retention.size', nodeAt(section, 'size')),
        ]
      : [
          fromFlag(command, 'storage.tsdb.retention.time', 'storage.tsdb.retention'),
          fromFlag(command, 'storage.tsdb.retention.size'),
        ];
  if (section?.kind === 'map') reportContradictions(section, command, findings);
  const period = mapSetting(time, (value) => read(time, String(value), parsePrometheusDuration, findings));
  const sizeBytes = mapSetting(size, (value) => read(size, String(value), parseBase2Bytes, findings));
  const sized = sizeBytes !== undefined && sizeBytes.value > 0 ? { sizeBytes } : {};
  if (section?.kind === 'map') {
    const forEver = setting('storage.tsdb.retention.time', 0, 'file', section.at);
    return { signal: 'metrics', period: period ?? forEver, ...sized, enablers: [] };
  }
  if (period !== undefined && period.value > 0) return { signal: 'metrics', period, ...sized, enablers: [] };
  if (sizeBytes !== undefined && sizeBytes.value > 0) return { signal: 'metrics', sizeBytes, enablers: [] };
  const fallback = setting('--storage.tsdb.retention.time', DEFAULT_RETENTION_MS, 'default');
  return { signal: 'metrics', period: fallback, enablers: [] };
}

/** A flag beside the section of the file is read by people and not by Prometheus. */
function reportContradictions(section: ConfigNode, command: PrometheusCommand, findings: FindingList): void {
  for (const part of ['time', 'size'] as const) {
    const flag = fromFlag(command, `storage.tsdb.retention.${part}`);
    const node = nodeAt(section, part);
    const said = node?.kind === 'scalar' ? String(node.value ?? '') : undefined;
    if (flag === undefined || said === flag.value) continue;
    const place = flag.at === undefined ? '' : ` (${flag.at.file}:${flag.at.line})`;
    findings.error(
      'CONFIG-CONTRADICTION',
      node?.at ?? section.at,
      `The file has storage.tsdb.retention ${said === undefined ? `without ${part}` : `with ${part} ${said}`}, and the command line ${flag.key}=${flag.value}${place}: the file wins, and the flag promises in vain.`,
      'Say it in one place.',
    );
  }
}

function fromFlag(command: PrometheusCommand, ...names: readonly string[]): Setting<string> | undefined {
  for (const name of names) {
    const found = command.text(name, '');
    if (found.value !== '') return found;
  }
  return undefined;
}

function read(
  from: Setting<unknown> | undefined,
  text: string,
  parse: (text: string) => number | undefined,
  findings: FindingList,
): number | undefined {
  const value = parse(text);
  if (value === undefined) {
    findings.error(
      'CONFIG-VALUE',
      from?.at,
      `"${text}" is not a value for ${from?.key ?? 'the retention'}, and Prometheus refuses it.`,
      'Write a time such as 15d or 1y, or a size with its unit such as 50GB.',
    );
  }
  return value;
}
