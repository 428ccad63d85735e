import type { Setting } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { type CommandLine, engineWords, type FlagUse, lastFlag, parseFlags } from '../shared/command-line.ts';
import { wordOrigin } from '../shared/container-files.ts';
import { didYouMean, type FindingList } from '../shared/findings.ts';
import { atLeast } from '../shared/versions.ts';
import { FEATURES, FORMER_FEATURES, flagFault, isBooleanFlag, knownFlags } from './flags.ts';

/** Prometheus' command line, read. */
export interface PrometheusCommand {
  readonly line: CommandLine;
  text(name: string, fallback: string): Setting<string>;
  flag(name: string): Setting<boolean>;
  /** Whether `--enable-feature` names it. */
  feature(name: string): Setting<boolean>;
}

export function readCommand(context: ReaderContext, findings: FindingList): PrometheusCommand {
  const words = engineWords(context.argv, ['prometheus']);
  const line = parseFlags(words.slice(1), { style: 'kingpin', isBoolean: isBooleanFlag });
  const { version } = context;
  for (const flag of line.flags) {
    const fault = flagFault(flag.name, version);
    if (fault === undefined) continue;
    const meant = fault.kind === 'unknown' ? didYouMean(flag.name, knownFlags()) : undefined;
    findings.error(
      'CONFIG-FLAG',
      flag.at,
      `Prometheus refuses the flag --${flag.name}: it ${fault.why}.`,
      fault.remedy ?? (meant === undefined ? 'Remove the flag.' : `Did you mean --${meant}?`),
    );
  }
  for (const word of line.positional) {
    findings.error(
      'CONFIG-FLAG',
      word.at,
      `Prometheus takes no argument "${word.text}".`,
      'Remove it, or write it as a flag.',
    );
  }
  const features = line.flags.filter((flag) => flag.name === 'enable-feature');
  for (const use of features) reportFeatures(use, version, findings);

  const use = (name: string): FlagUse | undefined => lastFlag(line, name);
  return {
    line,
    text: (name, fallback) => {
      const flag = use(name);
      if (flag === undefined) return { key: `--${name}`, value: fallback, from: 'default' };
      return { key: `--${name}`, value: flag.value, ...wordOrigin(flag.at) };
    },
    flag: (name) => {
      const flag = use(name);
      if (flag === undefined) return { key: `--${name}`, value: false, from: 'default' };
      return { key: `--${name}`, value: flag.value !== 'false', ...wordOrigin(flag.at) };
    },
    feature: (name) => {
      const key = `--enable-feature=${name}`;
      const flag = features.findLast((feature) => feature.value.split(',').includes(name));
      return flag === undefined ? { key, value: false, from: 'default' } : { key, value: true, ...wordOrigin(flag.at) };
    },
  };
}

function reportFeatures(use: FlagUse, version: string, findings: FindingList): void {
  for (const name of use.value.split(',')) {
    const former = FORMER_FEATURES[name];
    if (former !== undefined && atLeast(version, former.since)) {
      findings.warning(
        'CONFIG-FEATURE',
        use.at,
        `The feature "${name}" is gone since Prometheus ${former.since}, and has no effect in ${version}.`,
        former.remedy,
      );
    } else if (!FEATURES.has(name)) {
      const meant = didYouMean(name, FEATURES);
      findings.warning(
        'CONFIG-FEATURE',
        use.at,
        `Prometheus knows no feature "${name}", and ignores it.`,
        meant === undefined ? 'Remove it.' : `Did you mean "${meant}"?`,
      );
    }
  }
}
