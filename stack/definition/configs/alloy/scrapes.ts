import type { ScrapeJob } from '../../facts.ts';
import type { Position } from '../../position.ts';
import { attributeOf } from '../../syntax/alloy/ast.ts';
import { type AlloyValue, booleanOf, textOf } from '../../syntax/alloy/values.ts';
import { parseGoDuration } from '../shared/durations.ts';
import type { AlloyComponent, AlloyScope } from './modules.ts';

/** The scrape job of a `prometheus.scrape`; undefined for every other component. */
export function scrapeOf(component: AlloyComponent): ScrapeJob | undefined {
  const { block, scope, type } = component;
  if (type !== 'prometheus.scrape') return undefined;
  const attribute = attributeOf(block.body, 'targets');
  const found: FoundTargets = { targets: [], discovered: false };
  if (attribute !== undefined) collect(scope.evaluate(attribute.value), scope, found, 0);
  const text = (name: string, fallback: string): string => scope.text(block.body, name) ?? fallback;
  return {
    job: text('job_name', component.id),
    targets: found.targets,
    metricsPath: text('metrics_path', '/metrics'),
    scheme: text('scheme', 'http') === 'https' ? 'https' : 'http',
    intervalMs: parseGoDuration(text('scrape_interval', '60s')) ?? 60_000,
    honorLabels: booleanOf(scope.attribute(block.body, 'honor_labels')) ?? false,
    discovered: found.discovered,
    at: block.at,
  };
}

interface FoundTargets {
  readonly targets: { address: string; at: Position }[];
  discovered: boolean;
}

/** Follows lists, `discovery.relabel` and what others export, down to addresses that stand in the file. */
function collect(value: AlloyValue, scope: AlloyScope, found: FoundTargets, depth: number): void {
  if (value.kind === 'list') {
    for (const item of value.items) collect(item, scope, found, depth);
  } else if (value.kind === 'map') {
    const address = textOf(value.fields.get('__address__'));
    if (address !== undefined) found.targets.push({ address, at: value.fields.get('__address__')?.at ?? value.at });
    else found.discovered = true;
  } else if (value.kind === 'reference' && depth < 8) {
    const source = scope.resolve(value.path);
    if (source === undefined) return;
    const inner = source === 'opaque' ? undefined : source.component;
    const targets = inner?.type === 'discovery.relabel' ? attributeOf(inner.block.body, 'targets') : undefined;
    // Its rules may change addresses, so what is behind it is taken as found by discovery as well.
    if (inner !== undefined && targets !== undefined)
      collect(inner.scope.evaluate(targets.value), inner.scope, found, depth + 1);
    if (inner?.type.startsWith('prometheus.exporter.') !== true) found.discovered = true;
  } else found.discovered = true;
}
