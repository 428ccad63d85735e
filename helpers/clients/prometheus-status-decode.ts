import {
  bool,
  type Decoder,
  field,
  fieldOr,
  floatText,
  int,
  labelSet,
  list,
  listOrNull,
  mismatch,
  number,
  object,
  optional,
  text,
} from './decode.ts';
import type {
  ActiveAlert,
  ActiveTarget,
  AlertmanagerDiscovery,
  BuildInfo,
  MetadataEntry,
  Rule,
  RuleGroup,
  RuntimeInfo,
  Targets,
  TsdbStatus,
} from './prometheus-types.ts';

export const metadataEntry: Decoder<MetadataEntry> = (json) => {
  const from = object(json);
  return {
    type: field(from, 'type', text),
    help: fieldOr(from, 'help', text, ''),
    unit: fieldOr(from, 'unit', text, ''),
  };
};

const activeTarget: Decoder<ActiveTarget> = (json) => {
  const from = object(json);
  return {
    labels: field(from, 'labels', labelSet),
    discoveredLabels: fieldOr(from, 'discoveredLabels', labelSet, {}),
    scrapePool: fieldOr(from, 'scrapePool', text, ''),
    scrapeUrl: field(from, 'scrapeUrl', text),
    health: field(from, 'health', text),
    lastError: fieldOr(from, 'lastError', text, ''),
    lastScrape: fieldOr(from, 'lastScrape', text, ''),
    lastScrapeSeconds: fieldOr(from, 'lastScrapeDuration', number, 0),
    scrapeInterval: fieldOr(from, 'scrapeInterval', text, ''),
    scrapeTimeout: fieldOr(from, 'scrapeTimeout', text, ''),
  };
};

export const targets: Decoder<Targets> = (json) => {
  const from = object(json);
  return {
    active: field(from, 'activeTargets', listOrNull(activeTarget)),
    dropped: fieldOr(
      from,
      'droppedTargets',
      list((dropped) => field(object(dropped), 'discoveredLabels', labelSet)),
      [],
    ),
  };
};

const activeAlert: Decoder<ActiveAlert> = (json) => {
  const from = object(json);
  return {
    labels: field(from, 'labels', labelSet),
    annotations: fieldOr(from, 'annotations', labelSet, {}),
    state: field(from, 'state', text),
    activeAt: fieldOr(from, 'activeAt', text, ''),
    value: field(from, 'value', floatText),
  };
};

export const alerts: Decoder<readonly ActiveAlert[]> = (json) => field(object(json), 'alerts', listOrNull(activeAlert));

const rule: Decoder<Rule> = (json) => {
  const from = object(json);
  const kind = field(from, 'type', text);
  if (kind !== 'alerting' && kind !== 'recording') throw mismatch('a rule of type alerting or recording', json);
  const alerting = kind === 'alerting';
  return {
    kind,
    name: field(from, 'name', text),
    query: field(from, 'query', text),
    labels: fieldOr(from, 'labels', labelSet, {}),
    health: fieldOr(from, 'health', text, 'unknown'),
    lastError: fieldOr(from, 'lastError', text, ''),
    ...optional(from, 'state', text),
    ...(alerting ? { durationSeconds: field(from, 'duration', number) } : {}),
    ...(alerting ? { annotations: fieldOr(from, 'annotations', labelSet, {}) } : {}),
    ...(alerting ? { alerts: field(from, 'alerts', listOrNull(activeAlert)) } : {}),
  };
};

export const ruleGroups: Decoder<readonly RuleGroup[]> = (json) =>
  field(
    object(json),
    'groups',
    listOrNull((item) => {
      const from = object(item);
      return {
        name: field(from, 'name', text),
        file: field(from, 'file', text),
        intervalSeconds: field(from, 'interval', number),
        rules: field(from, 'rules', listOrNull(rule)),
      };
    }),
  );

export const runtimeInfo: Decoder<RuntimeInfo> = (json) => {
  const from = object(json);
  return {
    startTime: field(from, 'startTime', text),
    storageRetention: field(from, 'storageRetention', text),
    reloadConfigSuccess: field(from, 'reloadConfigSuccess', bool),
    corruptionCount: fieldOr(from, 'corruptionCount', number, 0),
  };
};

export const buildInfo: Decoder<BuildInfo> = (json) => {
  const from = object(json);
  return { version: field(from, 'version', text), revision: fieldOr(from, 'revision', text, '') };
};

export const tsdbStatus: Decoder<TsdbStatus> = (json) => {
  const from = object(json);
  const head = field(from, 'headStats', object);
  return {
    numSeries: field(head, 'numSeries', int),
    minTimeMs: field(head, 'minTime', number),
    maxTimeMs: field(head, 'maxTime', number),
    seriesCountByMetricName: field(
      from,
      'seriesCountByMetricName',
      listOrNull((item) => {
        const entry = object(item);
        return { name: field(entry, 'name', text), value: field(entry, 'value', int) };
      }),
    ),
  };
};

const alertmanagerUrls = listOrNull((item) => field(object(item), 'url', text));

export const alertmanagers: Decoder<AlertmanagerDiscovery> = (json) => {
  const from = object(json);
  return {
    active: field(from, 'activeAlertmanagers', alertmanagerUrls),
    dropped: fieldOr(from, 'droppedAlertmanagers', alertmanagerUrls, []),
  };
};
