import { type ConfigNode, entriesOf, nodeAt, textAt } from '../../config-node.ts';
import type { Position } from '../../position.ts';
import { didYouMean, type FindingList } from '../shared/findings.ts';
import type { CollectorModel, ComponentKind, Reference } from './model.ts';

const TOP = ['receivers', 'processors', 'exporters', 'connectors', 'extensions', 'service'];
const SERVICE = ['extensions', 'pipelines', 'telemetry'];
const PIPELINE = ['receivers', 'processors', 'exporters'];
const NAMES: Readonly<Record<ComponentKind, string>> = {
  receivers: 'receiver',
  processors: 'processor',
  exporters: 'exporter',
  connectors: 'connector',
  extensions: 'extension',
};

/** What the Collector refuses, and what it takes but nobody can have meant. */
export function checkModel(model: CollectorModel, findings: FindingList): void {
  checkKeys(model.root, TOP, 'at the top level', findings);
  const service = nodeAt(model.root, 'service');
  if (service === undefined) {
    findings.error(
      'CONFIG-PIPELINES',
      model.root.at,
      'The configuration has no "service", so nothing runs.',
      'Add service.pipelines.',
    );
    return;
  }
  checkKeys(service, SERVICE, 'under service', findings);
  if (entriesOf(nodeAt(service, 'pipelines')).length === 0) {
    findings.error(
      'CONFIG-PIPELINES',
      service.at,
      'The service has no pipeline, and the Collector refuses to start.',
      'Add one under service.pipelines.',
    );
  }
  checkPipelines(model, findings);
  checkConnectors(model, findings);
  checkUnused(model, findings);
  checkExtensions(model, findings);
}

function checkKeys(node: ConfigNode, known: readonly string[], where: string, findings: FindingList): void {
  for (const [key, entry] of entriesOf(node)) {
    if (known.includes(key)) continue;
    const meant = didYouMean(key, known);
    findings.error(
      'CONFIG-UNKNOWN-KEY',
      entry.keyAt,
      `The Collector has no key "${key}" ${where}, and refuses the file.`,
      meant === undefined ? 'Remove the key, or move it to where it belongs.' : `Did you mean "${meant}"?`,
    );
  }
}

function checkPipelines(model: CollectorModel, findings: FindingList): void {
  for (const [id, entry] of entriesOf(nodeAt(model.root, 'service', 'pipelines'))) {
    const pipeline = model.pipelines.find((one) => one.id === id);
    if (pipeline === undefined) {
      const remedy = 'Begin the name with traces, metrics, logs or profiles.';
      findings.error(
        'CONFIG-PIPELINES',
        entry.keyAt,
        `"${id}" is no name of a pipeline: it begins with no signal.`,
        remedy,
      );
      continue;
    }
    checkKeys(entry.node, PIPELINE, `under service.pipelines.${id}`, findings);
    for (const kind of ['receivers', 'exporters'] as const) {
      if (pipeline[kind].length > 0) continue;
      findings.error(
        'CONFIG-PIPELINES',
        entry.keyAt,
        `The pipeline ${id} has no ${kind}, and the Collector refuses to start.`,
        `List at least one of the ${kind} in it.`,
      );
    }
    for (const kind of PIPELINE as readonly ('receivers' | 'processors' | 'exporters')[]) {
      const seen = new Set<string>();
      for (const reference of pipeline[kind]) {
        checkReference(model, kind, reference, id, findings);
        if (seen.has(reference.id)) {
          const remedy = 'Keep one of the two.';
          findings.error(
            'REF-COMPONENT',
            reference.at,
            `The pipeline ${id} names ${reference.id} twice among its ${kind}.`,
            remedy,
          );
        }
        seen.add(reference.id);
      }
    }
  }
}

function checkReference(
  model: CollectorModel,
  kind: 'receivers' | 'processors' | 'exporters',
  reference: Reference,
  pipeline: string,
  findings: FindingList,
): void {
  const { components } = model;
  if (components[kind].has(reference.id)) return;
  if (kind !== 'processors' && components.connectors.has(reference.id)) return;
  const candidates = [...components[kind].keys(), ...(kind === 'processors' ? [] : components.connectors.keys())];
  const meant = didYouMean(reference.id, candidates);
  findings.error(
    'REF-COMPONENT',
    reference.at,
    `The pipeline ${pipeline} uses the ${NAMES[kind]} "${reference.id}", which is not defined.`,
    meant === undefined ? `Define it under ${kind}, or take it out of the pipeline.` : `Did you mean "${meant}"?`,
  );
}

function checkConnectors(model: CollectorModel, findings: FindingList): void {
  for (const connector of model.components.connectors.values()) {
    const uses = (kind: 'receivers' | 'exporters'): boolean =>
      model.pipelines.some((pipeline) => pipeline[kind].some(({ id }) => id === connector.id));
    const [asReceiver, asExporter] = [uses('receivers'), uses('exporters')];
    if (asReceiver === asExporter) continue;
    const lacking = asReceiver ? 'exporter' : 'receiver';
    findings.error(
      'REF-COMPONENT',
      connector.at,
      `The connector ${connector.id} is ${asReceiver ? 'a receiver' : 'an exporter'} of a pipeline, but no pipeline has it as ${lacking}.`,
      `Name it among the ${lacking}s of the pipeline on its other side.`,
    );
  }
}

function checkUnused(model: CollectorModel, findings: FindingList): void {
  const used = new Set(
    model.pipelines.flatMap((one) => [...one.receivers, ...one.processors, ...one.exporters].map(({ id }) => id)),
  );
  for (const kind of ['receivers', 'processors', 'exporters', 'connectors'] as const) {
    for (const component of model.components[kind].values()) {
      if (used.has(component.id)) continue;
      findings.warning(
        'CONFIG-UNUSED',
        component.at,
        `The ${NAMES[kind]} ${component.id} is defined, but stands in no pipeline: it does not run.`,
        'Name it in a pipeline, or remove it.',
      );
    }
  }
}

function checkExtensions(model: CollectorModel, findings: FindingList): void {
  const defined = model.components.extensions;
  const enabled = new Set(model.enabled.map(({ id }) => id));
  for (const reference of model.enabled) {
    if (defined.has(reference.id)) continue;
    const meant = didYouMean(reference.id, defined.keys());
    findings.error(
      'REF-EXTENSION',
      reference.at,
      `service.extensions names "${reference.id}", which is not defined.`,
      meant === undefined ? 'Define it under extensions.' : `Did you mean "${meant}"?`,
    );
  }
  const needed = extensionUses(model);
  for (const { id, at, what } of needed) {
    if (enabled.has(id)) continue;
    const remedy = defined.has(id)
      ? `Add ${id} to service.extensions.`
      : `Define ${id} under extensions, and add it to service.extensions.`;
    findings.error('REF-EXTENSION', at, `${what} needs the extension "${id}", which does not run.`, remedy);
  }
  for (const extension of defined.values()) {
    if (enabled.has(extension.id) || needed.some(({ id }) => id === extension.id)) continue;
    findings.warning(
      'CONFIG-UNUSED',
      extension.at,
      `The extension ${extension.id} is defined, but not in service.extensions: it does not run.`,
      `Add ${extension.id} to service.extensions, or remove it.`,
    );
  }
}

/** Authenticators and queue stores, wherever they stand in a component that runs. */
function extensionUses(model: CollectorModel): { id: string; at: Position; what: string }[] {
  const used = new Set(model.pipelines.flatMap((one) => [...one.receivers, ...one.exporters].map(({ id }) => id)));
  const uses: { id: string; at: Position; what: string }[] = [];
  const note = (node: ConfigNode | undefined, what: string): void => {
    const id = textAt(node);
    if (node !== undefined && id !== undefined && id !== '') uses.push({ id, at: node.at, what });
  };
  const visit = (node: ConfigNode, component: string): void => {
    for (const [key, entry] of entriesOf(node)) {
      if (key === 'auth') note(nodeAt(entry.node, 'authenticator'), `The authentication of ${component}`);
      if (key === 'sending_queue') note(nodeAt(entry.node, 'storage'), `The queue of ${component}`);
      visit(entry.node, component);
    }
  };
  for (const kind of ['receivers', 'exporters'] as const) {
    for (const component of model.components[kind].values()) {
      if (!used.has(component.id)) continue;
      visit(component.node, component.id);
      if (kind === 'receivers') note(nodeAt(component.node, 'storage'), `The state of ${component.id}`);
    }
  }
  return uses;
}
