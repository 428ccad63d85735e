import { COMPONENTS_KEY } from '../../../engines/components.ts';
import { nodeAt, textAt } from '../../config-node.ts';
import type { EngineFacts } from '../../facts.ts';
import { DEFAULT_SCRAPE_INTERVAL_MS, readScrapeConfigs } from '../prometheus/scrapes.ts';
import type { ReaderContext } from '../reader.ts';
import { parsePrometheusDuration } from '../shared/durations.ts';
import { emptyFacts, type FactsDraft, setting } from '../shared/facts-builder.ts';
import { FindingList } from '../shared/findings.ts';
import { checkModel } from './checks.ts';
import { checkComponents, neededComponents } from './component-keys.ts';
import { readOutputs } from './exporters.ts';
import { checkIdentity } from './identity.ts';
import { type CollectorModel, readModel, signalsOf } from './model.ts';
import { readPipelines } from './pipelines.ts';
import { readListeners } from './receivers.ts';
import { readSources } from './sources.ts';
import { ownMetrics } from './telemetry.ts';
import { checkValues } from './values.ts';

/**
 * Reads an OpenTelemetry Collector's configuration: all sources merged, variables put in.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/
 */
export function readOtelcol(context: ReaderContext): EngineFacts {
  const findings = new FindingList(context.service.name);
  const { files, root } = readSources(context, findings);
  const facts = emptyFacts('otelcol', files);
  if (root !== undefined) {
    const model = readModel(root);
    checkModel(model, findings);
    checkComponents(model, context.version, findings);
    checkValues(model, findings);
    checkIdentity(model, findings);
    facts.listeners.push(...readListeners(model, context.version, findings), ...ownMetrics(model, context.version));
    facts.outputs.push(...readOutputs(model, context, findings));
    facts.pipelines.push(...readPipelines(model));
    facts.settings[COMPONENTS_KEY] = setting(COMPONENTS_KEY, neededComponents(model).join(','), 'file', root.at);
    for (const { type, node } of model.components.processors.values()) {
      const limit = nodeAt(node, 'limit_mib');
      if (type !== 'memorylimiter' || limit?.kind !== 'scalar') continue;
      facts.settings['memory_limiter.limit_mib'] = setting('memory_limiter.limit_mib', limit.value, 'file', limit.at);
    }
    readScrapers(model, context, facts, findings);
    for (const extension of model.components.extensions.values()) {
      if (extension.type !== 'filestorage') continue;
      const path = textAt(extension.node, 'directory') ?? '/var/lib/otelcol/file_storage';
      facts.storage.push({ path, what: 'queues and checkpoints', at: extension.at });
    }
  }
  facts.findings.push(...findings.all);
  return facts;
}

/** Prometheus receivers scrape; their component is the receiver's id, as in the pipelines. */
function readScrapers(model: CollectorModel, context: ReaderContext, facts: FactsDraft, findings: FindingList): void {
  for (const receiver of model.components.receivers.values()) {
    if (receiver.type !== 'prometheus' || signalsOf(model, 'receivers', receiver.id).length === 0) continue;
    const config = nodeAt(receiver.node, 'config');
    const interval = parsePrometheusDuration(textAt(config, 'global', 'scrape_interval') ?? '');
    const defaults = { intervalMs: interval || DEFAULT_SCRAPE_INTERVAL_MS, base: '/' };
    const { jobs, outputs } = readScrapeConfigs(nodeAt(config, 'scrape_configs'), defaults, context, findings);
    facts.scrapes.push(...jobs);
    facts.outputs.push(...outputs.map((output) => ({ ...output, component: receiver.id })));
  }
}
