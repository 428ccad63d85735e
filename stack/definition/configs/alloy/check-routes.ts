import type { FindingList } from '../shared/findings.ts';
import { referencedComponents } from './check-references.ts';
import { componentTypes, inputSignals } from './components.ts';
import { type Outlet, outletsOf, ownTelemetry } from './connections.ts';
import type { AlloyComponent, AlloyScope } from './modules.ts';
import { isConnector, type Routes } from './routes.ts';

/** Components that hand on to nobody, that nobody feeds, or that refuse a signal that is sent to them. */
export function checkRoutes(
  components: readonly AlloyComponent[],
  scope: AlloyScope,
  routes: Routes,
  findings: FindingList,
): void {
  const own = new Set(ownTelemetry(scope).flatMap((outlet) => outlet.targets.map((target) => target.component?.id)));
  // Those that only lend their rules to others need neither sender nor receiver.
  const lending = referencedComponents(new Set([scope, ...components.map((component) => component.scope)]), 'rules');
  for (const component of components) {
    const outlets = outletsOf(component);
    const exports = componentTypes().get(component.type)?.exports ?? [];
    const consumes = exports.includes('input') || exports.includes('receiver');
    const fed = routes.reaching.has(component.id) || own.has(component.id);
    if (consumes && !fed && !lending.has(component.id)) {
      findings.warning(
        'REF-ALLOY-UNUSED',
        component.block.at,
        `Nothing is sent to ${component.id}: no receiver or scraper leads to it.`,
        'Name it in the output of the component before it, or remove it.',
      );
    }
    if (outlets.length > 0 && outlets.every((outlet) => outlet.targets.length === 0)) {
      if (!lending.has(component.id) && !derivesMetrics(component)) nowhere(component, outlets, findings);
    } else halfway(component, outlets, routes, findings);
    for (const outlet of outlets) refusals(component, outlet, findings);
  }
}

/** `loki.process` may be there for its metrics alone. */
function derivesMetrics(component: AlloyComponent): boolean {
  return component.block.body.some((statement) => statement.name === 'stage.metrics');
}

function nowhere(component: AlloyComponent, outlets: readonly Outlet[], findings: FindingList): void {
  // An empty list of a scraper is a way to switch it off; one of an open receiver loses what others send.
  const meant = outlets.every((outlet) => outlet.kind !== 'otelcol' && !outlet.absent);
  const report = meant ? findings.warning : findings.error;
  report.call(
    findings,
    'REF-ALLOY-NOWHERE',
    outlets[0]?.at ?? component.block.at,
    `${component.id} hands on to nobody: what it takes is lost.`,
    `Name a component in ${outlets.map((outlet) => outlet.attribute).join(' or ')}.`,
  );
}

/** A processor that is fed with a signal which it hands on to nobody, while it hands on others. */
function halfway(component: AlloyComponent, outlets: readonly Outlet[], routes: Routes, findings: FindingList): void {
  if (isConnector(component.type)) return;
  for (const signal of routes.reaching.get(component.id) ?? []) {
    const outlet = outlets.find((candidate) => candidate.signal === signal);
    if (outlet === undefined || outlet.targets.length > 0) continue;
    findings.error(
      'REF-ALLOY-NOWHERE',
      outlet.at,
      `${component.id} is sent ${signal} and hands them on to nobody: they are lost.`,
      `Name a component in ${outlet.attribute}.`,
    );
  }
}

function refusals(component: AlloyComponent, outlet: Outlet, findings: FindingList): void {
  if (outlet.kind !== 'otelcol') return;
  for (const target of outlet.targets) {
    if (target.component === undefined || target.exported !== 'input') continue;
    const takes = inputSignals(target.component.type);
    if (takes.includes(outlet.signal)) continue;
    findings.error(
      'REF-ALLOY-SIGNAL',
      target.at,
      `${component.id} sends ${outlet.signal} to ${target.component.id}, which takes ${takes.join(' and ')} only.`,
      `Name a component that takes ${outlet.signal} in ${outlet.attribute}.`,
    );
  }
}
