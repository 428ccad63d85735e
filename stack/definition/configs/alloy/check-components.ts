import { didYouMean, type FindingList } from '../shared/findings.ts';
import { LAST_KNOWN_MINOR } from './component-list.ts';
import { componentTypes, type Stability, stabilityIn } from './components.ts';
import { type AlloyComponent, type AlloyScope, CONFIG_BLOCKS } from './modules.ts';

export interface VersionFacts {
  /** Minor version of Alloy 1.x. */
  readonly minor: number;
  /** False where the version is not known or newer than the tables. */
  readonly certain: boolean;
  /** `--stability.level`. */
  readonly level: Stability;
  /** `--feature.community-components.enabled`. */
  readonly community: boolean;
}

const ORDER: readonly Stability[] = ['experimental', 'preview', 'ga'];

/** Components that this version does not have, does not allow at its stability level, or that stand twice. */
export function checkComponents(scope: AlloyScope, version: VersionFacts, findings: FindingList): void {
  for (const { block, first } of scope.duplicates) {
    findings.error(
      'CONFIG-ALLOY-DUPLICATE',
      block.labelAt ?? block.at,
      `${block.name}${block.label === undefined ? '' : ` "${block.label}"`} stands twice; the first is at ${first.at.file}:${first.at.line}.`,
      'Give one of the two another label.',
    );
  }
  for (const component of scope.components.values()) checkComponent(component, scope, version, findings);
}

function checkComponent(
  component: AlloyComponent,
  scope: AlloyScope,
  version: VersionFacts,
  findings: FindingList,
): void {
  const { type, block } = component;
  if (scope.isCustom(type) || scope.isOpaque(type)) return;
  const known = componentTypes().get(type);
  if (known === undefined) {
    const meant = didYouMean(type, [...componentTypes().keys(), ...CONFIG_BLOCKS]);
    const report = version.certain && meant !== undefined ? findings.error : findings.warning;
    report.call(
      findings,
      'CONFIG-ALLOY-COMPONENT',
      block.at,
      `Alloy has no component "${type}".`,
      meant === undefined ? 'Correct the name, or import the module that declares it.' : `Did you mean "${meant}"?`,
    );
    return;
  }
  if (block.label === undefined) {
    findings.error(
      'CONFIG-ALLOY-LABEL',
      block.at,
      `${type} has no label, and Alloy refuses the file.`,
      `Write ${type} "default" { … }.`,
    );
  }
  const stability = stabilityIn(known, version.minor);
  const newest = known.history.at(-1)?.stability;
  if (version.certain && (stability === undefined || stability === 'gone')) {
    const from = known.history[0]?.since ?? 0;
    const gone = known.history.find((step) => step.stability === 'gone')?.since ?? LAST_KNOWN_MINOR;
    const words = stability === undefined ? `came with Alloy 1.${from}` : `was removed in Alloy 1.${gone}`;
    findings.error(
      'CONFIG-ALLOY-VERSION',
      block.at,
      `${type} ${words}, but this is 1.${version.minor}.`,
      'Use another version or another component.',
    );
    return;
  }
  checkStability(component, version.certain ? stability : newest, version, findings);
}

function checkStability(
  component: AlloyComponent,
  stability: Stability | undefined,
  version: VersionFacts,
  findings: FindingList,
): void {
  if (stability === undefined || stability === 'gone') return;
  const { type, block } = component;
  if (stability === 'community') {
    if (version.community) return;
    const remedy = 'Start Alloy with --feature.community-components.enabled, or use another component.';
    findings.error(
      'CONFIG-ALLOY-STABILITY',
      block.at,
      `${type} is a community component, which Alloy refuses unless they are enabled.`,
      remedy,
    );
    return;
  }
  if (ORDER.indexOf(stability) >= ORDER.indexOf(version.level)) return;
  const needed = stability === 'experimental' ? 'experimental' : 'public-preview';
  // A later version may have promoted it, so only a known one is an error.
  const report = version.certain ? findings.error : findings.warning;
  report.call(
    findings,
    'CONFIG-ALLOY-STABILITY',
    block.at,
    `${type} is ${needed === 'experimental' ? 'experimental' : 'in public preview'}, and Alloy refuses it at its stability level.`,
    `Start Alloy with --stability.level=${needed}, or leave the component out.`,
  );
}
