import type { AlloyBlock } from '../../syntax/alloy/ast.ts';
import { didYouMean, type FindingList } from '../shared/findings.ts';
import { type ArgumentShape, argumentsOf } from './arguments.ts';

/**
 * Attributes and blocks that a component does not have, or lacks. Alloy refuses both.
 *
 * @param certain False where the version is newer than the tables, so that something may have been added.
 */
export function checkArguments(block: AlloyBlock, findings: FindingList, certain: boolean): void {
  const shape = argumentsOf(block.name);
  if (shape !== undefined) checkBody(block, shape, block.name, findings, certain);
}

function checkBody(
  block: AlloyBlock,
  shape: ArgumentShape,
  component: string,
  findings: FindingList,
  certain: boolean,
): void {
  if (shape.open) return;
  const where = block.name === component ? component : `the block "${block.name}" of ${component}`;
  const report = certain ? findings.error.bind(findings) : findings.warning.bind(findings);
  const given = new Set<string>();
  for (const statement of block.body) {
    const { name, at, kind } = statement;
    if (kind === 'attribute' && given.has(name)) {
      findings.error(
        'CONFIG-ALLOY-DUPLICATE-ATTRIBUTE',
        at,
        `The attribute "${name}" stands twice in ${where}.`,
        'Remove one of the two.',
      );
    }
    given.add(name);
    const isAttribute = shape.attributes.has(name);
    const inner = shape.blocks.get(name);
    if (kind === 'attribute' ? isAttribute : inner !== undefined) {
      if (kind === 'block' && inner !== undefined) checkBody(statement, inner, component, findings, certain);
      continue;
    }
    if (isAttribute || inner !== undefined) {
      const [is, written] = isAttribute ? ['an attribute', `${name} = …`] : ['a block', `${name} { … }`];
      report('CONFIG-ALLOY-ARGUMENT', at, `"${name}" of ${where} is ${is}.`, `Write ${written}.`);
      continue;
    }
    const meant = didYouMean(name, kind === 'attribute' ? shape.attributes : shape.blocks.keys());
    report(
      'CONFIG-ALLOY-ARGUMENT',
      at,
      `${where} has no ${kind} "${name}", and Alloy refuses the file.`,
      meant === undefined ? `Remove the ${kind}, or move it to where it belongs.` : `Did you mean "${meant}"?`,
    );
  }
  for (const name of shape.required) {
    if (given.has(name)) continue;
    const kind = shape.blocks.has(name) && !shape.attributes.has(name) ? 'block' : 'attribute';
    report(
      'CONFIG-ALLOY-REQUIRED',
      block.at,
      `The ${kind} "${name}" of ${where} is missing; it is required.`,
      `Add "${name}".`,
    );
  }
}
