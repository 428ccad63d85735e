import { type AlloyBlock, type AlloyExpression, type AlloyStatement, childrenOf } from '../../syntax/alloy/ast.ts';
import { pathOf } from '../../syntax/alloy/evaluate.ts';
import { STANDARD_FUNCTIONS } from '../../syntax/alloy/standard-library.ts';
import { didYouMean, type FindingList } from '../shared/findings.ts';
import { componentTypes, kindOfExport } from './components.ts';
import type { Outlet } from './connections.ts';
import type { AlloyScope } from './modules.ts';

const NAMESPACES: ReadonlySet<string> = new Set(
  [...STANDARD_FUNCTIONS.keys(), 'constants.os'].map((name) => name.split('.')[0] ?? name),
);

/** References to components that do not exist, to exports that they do not have, calls of functions that do not exist. */
export function checkReferences(scope: AlloyScope, findings: FindingList): void {
  for (const { kind, value, path, at } of referencesIn(scope.body)) {
    if (kind === 'call') {
      const known = STANDARD_FUNCTIONS.has(value) || !NAMESPACES.has(path[0] ?? '');
      const meant = known ? undefined : didYouMean(value, STANDARD_FUNCTIONS.keys());
      if (meant !== undefined) {
        findings.error('REF-ALLOY-FUNCTION', at, `Alloy has no function "${value}".`, `Did you mean "${meant}"?`);
      }
      continue;
    }
    const [first = ''] = path;
    if (NAMESPACES.has(first) || scope.isVariable(first)) continue;
    const found = scope.resolve(path);
    if (found === 'opaque') continue;
    if (found === undefined) {
      const meant = didYouMean(value, namesOf(scope));
      findings.error(
        'REF-ALLOY-COMPONENT',
        at,
        `${value} leads nowhere: no component of this configuration has that name.`,
        meant === undefined ? 'Declare the component, or correct the name.' : `Did you mean ${meant}?`,
      );
      continue;
    }
    const exports = componentTypes().get(found.component.type)?.exports;
    const [exported] = found.rest;
    if (exports === undefined || exported === undefined || exports.includes(exported)) continue;
    const has =
      exports.length === 0 ? 'exports nothing' : `exports ${exports.map((name) => `"${name}"`).join(' and ')}`;
    findings.error(
      'REF-ALLOY-EXPORT',
      at,
      `${value} leads nowhere: ${found.component.type} ${has}, not "${exported}".`,
      exports.length === 1
        ? `Write ${found.component.id}.${exports[0]}.`
        : 'Refer to something that the component exports.',
    );
  }
}

/** Outlets that lead to something that cannot take what they carry. */
export function checkOutlet(outlet: Outlet, owner: string, findings: FindingList): void {
  for (const target of outlet.targets) {
    if (target.component === undefined) continue;
    const { component, exported, at } = target;
    if (component.inner !== undefined || componentTypes().get(component.type)?.exports.includes(exported) !== true)
      continue;
    const kind = kindOfExport(component.type, exported);
    if (kind === outlet.kind) continue;
    findings.error(
      'REF-ALLOY-KIND',
      at,
      `${outlet.attribute} of ${owner} needs ${CONSUMERS[outlet.kind]}, but ${component.id}.${exported} is ${CONSUMERS[kind]}.`,
      bridge(outlet.kind, kind),
    );
  }
}

const CONSUMERS: Readonly<Record<Outlet['kind'], string>> = {
  otelcol: 'an OpenTelemetry consumer (the "input" of an otelcol component)',
  loki: 'a receiver of Loki log entries',
  prometheus: 'a receiver of Prometheus samples',
  pyroscope: 'a receiver of profiles',
  targets: 'a list of targets',
  handler: 'an authentication or storage handler',
  other: 'a plain value',
};

function bridge(wanted: Outlet['kind'], got: Outlet['kind']): string {
  if (wanted === 'otelcol' && got === 'prometheus') return 'Put an otelcol.exporter.prometheus in between.';
  if (wanted === 'otelcol' && got === 'loki') return 'Put an otelcol.exporter.loki in between.';
  if (wanted === 'prometheus' && got === 'otelcol') return 'Put an otelcol.receiver.prometheus in between.';
  if (wanted === 'loki' && got === 'otelcol') return 'Put an otelcol.receiver.loki in between.';
  return 'Refer to a component that takes this kind of data.';
}

function namesOf(scope: AlloyScope): string[] {
  return [...scope.components.values()].flatMap((component) => {
    const name = component.block.label === undefined ? component.type : `${component.type}.${component.block.label}`;
    return [name, ...(componentTypes().get(component.type)?.exports ?? []).map((exported) => `${name}.${exported}`)];
  });
}

/** Ids of the components whose export of that name is referred to. */
export function referencedComponents(scopes: Iterable<AlloyScope>, exported: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const scope of scopes) {
    for (const { kind, path } of referencesIn(scope.body)) {
      const found = kind === 'path' ? scope.resolve(path) : undefined;
      if (found !== undefined && found !== 'opaque' && found.rest[0] === exported) ids.add(found.component.id);
    }
  }
  return ids;
}

interface Reference {
  readonly kind: 'call' | 'path';
  readonly value: string;
  readonly path: readonly string[];
  readonly at: AlloyExpression['at'];
}

/** Every path of names and every called name in a body. Definitions of custom components and templates stand apart. */
function* referencesIn(body: readonly AlloyStatement[]): Generator<Reference> {
  for (const statement of body) {
    if (statement.kind === 'attribute') yield* referencesOf(statement.value);
    else if (!isApart(statement)) yield* referencesIn(statement.body);
  }
}

function isApart(block: AlloyBlock): boolean {
  return block.name === 'declare' || block.name === 'template';
}

function* referencesOf(expression: AlloyExpression): Generator<Reference> {
  const path = pathOf(expression);
  if (path !== undefined) {
    yield { kind: 'path', value: path.join('.'), path, at: expression.at };
    return;
  }
  if (expression.kind === 'call') {
    const called = pathOf(expression.of);
    if (called !== undefined) yield { kind: 'call', value: called.join('.'), path: called, at: expression.at };
    for (const arg of expression.args) yield* referencesOf(arg);
    if (called === undefined) yield* referencesOf(expression.of);
    return;
  }
  for (const child of childrenOf(expression)) yield* referencesOf(child);
}
