import type { Finding } from '../position.ts';
import type { StackView } from '../promises/stack-view.ts';
import { containerFindings } from './container-findings.ts';
import { limitFindings } from './limit-findings.ts';
import { relabelFindings } from './relabel-findings.ts';
import { ruleFindings } from './rule-findings.ts';

/** What an engine takes without a word, and with which the stack does not do what it is there for. */
export function configFindings(view: StackView): Finding[] {
  return [...relabelFindings(view), ...ruleFindings(view), ...limitFindings(view), ...containerFindings(view)];
}
