import { formatPosition } from '../position.ts';
import type { StackPromise } from '../promise.ts';
import type { StackDefinition } from '../types.ts';

/** Every promise of a stack as lines of plain text, by kind, broken ones marked. */
export function renderPromises(definition: Pick<StackDefinition, 'name' | 'promises'>): string {
  const lines: string[] = [];
  let kind = '';
  for (const promise of definition.promises.toSorted((one, other) => order(one) - order(other))) {
    if (promise.kind !== kind) {
      if (kind !== '') lines.push('');
      kind = promise.kind;
      lines.push(kind);
    }
    lines.push(...renderPromise(promise));
  }
  const broken = definition.promises.filter((promise) => promise.state === 'broken').length;
  const total = definition.promises.length;
  lines.push('', `${definition.name}: ${total} promise${total === 1 ? '' : 's'}, ${broken} broken.`);
  return `${lines.join('\n').trimStart()}\n`;
}

function renderPromise({ says, madeBy, broken, id }: StackPromise): string[] {
  const who = `${madeBy.service}${madeBy.at === undefined ? '' : `, ${formatPosition(madeBy.at)}`}`;
  const head = `  ${broken === undefined ? 'open  ' : 'BROKEN'}  ${says.replace(/\s+/g, ' ')}  (${who})  [${id}]`;
  if (broken === undefined) return [head];
  const place = broken.at === undefined ? '' : `${formatPosition(broken.at)}: `;
  return [head, `          ${place}${broken.why}`, `          remedy: ${broken.remedy}`];
}

const KINDS: readonly StackPromise['kind'][] = [
  'service.runs',
  'config.accepted',
  'ingest.metrics',
  'ingest.logs',
  'ingest.traces',
  'ingest.profiles',
  'route.push',
  'route.scrape',
  'route.query',
  'route.alert',
  'tenant',
  'retention.metrics',
  'retention.logs',
  'retention.traces',
  'retention.profiles',
  'persistence',
  'limit',
  'rule',
  'datasource.link',
  'dashboard',
  'security',
];

function order(promise: StackPromise): number {
  return KINDS.indexOf(promise.kind);
}
