import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import { formatDuration, parseGoDuration } from '../shared/durations.ts';
import { didYouMean, type FindingList } from '../shared/findings.ts';
import { type KeyRegister, parseKeyTable } from '../shared/key-table.ts';
import { COLLECTOR_KEYS } from './keys-0-161.ts';
import { type CollectorModel, type Component, type ComponentKind, componentType } from './model.ts';

const KINDS: readonly ComponentKind[] = ['receivers', 'processors', 'exporters', 'connectors', 'extensions'];
const MINUTE = 60_000;

/**
 * Values that the Collector refuses although their keys exist, and values that it takes and with which nothing works:
 * durations without a unit, limits that cancel each other, queues that hold nothing.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/
 */
export function checkValues(model: CollectorModel, findings: FindingList): void {
  for (const kind of KINDS) {
    for (const component of model.components[kind].values()) {
      checkTypes(kind, component, findings);
      CHECKS[`${kind}/${component.type}`]?.(component, findings);
      if (kind === 'exporters') checkExporter(component, findings);
    }
  }
}

let register: { readonly keys: KeyRegister['keys']; readonly paths: ReadonlyMap<string, string> } | undefined;

/** Types of keys, and where a component stands in the table whatever spelling of its name is used. */
function keyTypes() {
  if (register === undefined) {
    const { keys, shape } = parseKeyTable(COLLECTOR_KEYS);
    const paths = new Map<string, string>();
    for (const [kind, table] of Object.entries(shape.keys)) {
      if (typeof table !== 'object' || !('keys' in table)) continue;
      for (const name of Object.keys(table.keys)) paths.set(`${kind}/${componentType(name)}`, `${kind}.${name}`);
    }
    register = { keys, paths };
  }
  return register;
}

function checkTypes(kind: ComponentKind, component: Component, findings: FindingList): void {
  const { keys, paths } = keyTypes();
  const base = paths.get(`${kind}/${component.type}`);
  if (base === undefined) return;
  const visit = (node: ConfigNode, path: string, shown: string): void => {
    if (node.kind === 'scalar') {
      const fault = typeFault(node, keys.get(path)?.type);
      if (fault !== undefined) {
        findings.error('CONFIG-VALUE', node.at, `${component.id}: ${shown} is ${node.raw}, ${fault.why}`, fault.remedy);
      }
      return;
    }
    for (const item of itemsOf(node)) visit(item, `${path}.[]`, shown);
    for (const [key, entry] of entriesOf(node)) {
      visit(entry.node, `${path}.${key}`, shown === '' ? key : `${shown}.${key}`);
    }
  };
  visit(component.node, base, '');
}

function typeFault(node: Extract<ConfigNode, { kind: 'scalar' }>, type: string | undefined) {
  const { value } = node;
  // What stands for a variable that only the container knows is anybody's guess.
  if (value === null || value === '' || (typeof value === 'string' && value.includes('${'))) return undefined;
  if (type === 'go-duration') {
    if (typeof value === 'number' && value !== 0) {
      return { why: 'a number without a unit: that is nanoseconds.', remedy: 'Write a unit: 200ms, 5s, 1m.' };
    }
    if (typeof value === 'string' && parseGoDuration(value) === undefined) {
      return {
        why: 'which is not a duration, and the Collector refuses it.',
        remedy: 'Write it with h, m, s or ms, without blanks (days do not exist here: 1d is 24h).',
      };
    }
  }
  if ((type === 'int' || type === 'float') && typeof value === 'string' && Number.isNaN(Number(value))) {
    return {
      why: 'which is not a number, and the Collector refuses it.',
      remedy: 'Write a plain number, without unit.',
    };
  }
  return undefined;
}

type Check = (component: Component, findings: FindingList) => void;

const CHECKS: Readonly<Record<string, Check>> = {
  'processors/memorylimiter': checkMemoryLimiter,
  'processors/batch': checkBatch,
  'processors/attributes': (component, findings) => checkActions(component, 'actions', findings),
  'processors/resource': (component, findings) => checkActions(component, 'attributes', findings),
  'processors/transform': checkStatements,
};

/** Less than this above the Collector's own needs, and it refuses everything that it is sent. */
const LEAST_MEMORY_MIB = 32;

/** @see https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/memorylimiterprocessor/README.md */
function checkMemoryLimiter({ id, node, at }: Component, findings: FindingList): void {
  const interval = nodeAt(node, 'check_interval');
  if (interval === undefined || durationOf(interval) === 0) {
    findings.error(
      'CONFIG-VALUE',
      interval?.at ?? at,
      `${id}: check_interval must be greater than zero, and the Collector refuses it.`,
      'Set check_interval: 1s.',
    );
  }
  for (const [limitKey, spikeKey] of [
    ['limit_mib', 'spike_limit_mib'],
    ['limit_percentage', 'spike_limit_percentage'],
  ] as const) {
    const limit = numberAt(node, limitKey);
    const spike = numberAt(node, spikeKey);
    if (limit === undefined || limit === 0) continue;
    if (spike !== undefined && spike >= limit) {
      findings.error(
        'CONFIG-VALUE',
        nodeAt(node, spikeKey)?.at ?? at,
        `${id}: ${spikeKey} (${spike}) is not smaller than ${limitKey} (${limit}), and the Collector refuses it.`,
        `Set ${spikeKey} to about a fifth of ${limitKey}.`,
      );
    } else if (limitKey === 'limit_mib' && limit - (spike ?? limit / 5) < LEAST_MEMORY_MIB) {
      findings.error(
        'CONFIG-VALUE-TINY',
        nodeAt(node, limitKey)?.at ?? at,
        `${id}: beyond ${limit - (spike ?? limit / 5)} MiB (limit_mib ${limit} less spike_limit_mib) everything is refused, and the Collector itself needs more than that.`,
        'Set limit_mib to a few hundred, within the memory that the container has.',
      );
    }
  }
  if (
    !numberAt(node, 'limit_mib') &&
    !numberAt(node, 'limit_percentage') &&
    typeof valueAt(node, 'limit_mib') !== 'string'
  ) {
    findings.error(
      'CONFIG-VALUE',
      at,
      `${id}: neither limit_mib nor limit_percentage is set, and the Collector refuses it.`,
      'Set limit_mib, or limit_percentage.',
    );
  }
}

/** @see https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/batchprocessor/README.md */
function checkBatch({ id, node, at }: Component, findings: FindingList): void {
  const size = numberAt(node, 'send_batch_size') ?? 8192;
  const most = numberAt(node, 'send_batch_max_size') ?? 0;
  if (most > 0 && most < size) {
    findings.error(
      'CONFIG-VALUE',
      nodeAt(node, 'send_batch_max_size')?.at ?? at,
      `${id}: send_batch_max_size (${most}) is smaller than send_batch_size (${size}), and the Collector refuses it.`,
      'Set send_batch_max_size to send_batch_size or more.',
    );
  }
  const timeout = nodeAt(node, 'timeout');
  const waits = timeout === undefined ? undefined : durationOf(timeout);
  if (waits !== undefined && waits > MINUTE) {
    findings.error(
      'CONFIG-VALUE-SLOW',
      timeout?.at,
      `${id}: telemetry waits up to ${formatDuration(waits)} in the gateway before it is sent on, and all of it is lost if the gateway ends.`,
      'Set timeout to some seconds at most.',
    );
  }
}

const ACTIONS = ['insert', 'update', 'upsert', 'delete', 'hash', 'extract', 'convert'];

function checkActions({ id, node }: Component, list: string, findings: FindingList): void {
  for (const item of itemsOf(nodeAt(node, list))) {
    const action = nodeAt(item, 'action');
    const word = textAt(action);
    if (word === undefined || word.includes('${')) continue;
    if (!ACTIONS.includes(word.toLowerCase())) {
      const meant = didYouMean(word, ACTIONS);
      findings.error(
        'CONFIG-VALUE',
        action?.at,
        `${id}: "${word}" is no action, and the Collector refuses it.`,
        meant === undefined ? `Write one of ${ACTIONS.join(', ')}.` : `Did you mean "${meant}"?`,
      );
    }
  }
}

/** A statement is one call of an editor, and possibly a condition. */
const STATEMENT = /^\s*[a-z][A-Za-z0-9_]*\s*\([\s\S]*\)\s*(\bwhere\b[\s\S]+)?$/;

/** @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/pkg/ottl/LANGUAGE.md */
function checkStatements({ id, node }: Component, findings: FindingList): void {
  for (const signal of ['trace', 'metric', 'log', 'profile']) {
    for (const entry of itemsOf(nodeAt(node, `${signal}_statements`))) {
      for (const statement of entry.kind === 'map' ? itemsOf(nodeAt(entry, 'statements')) : [entry]) {
        const text = textAt(statement);
        if (text === undefined || text.includes('${') || STATEMENT.test(text)) continue;
        findings.error(
          'CONFIG-VALUE',
          statement.at,
          `${id}: the statement ${JSON.stringify(text)} is not a call with an optional "where …", and the Collector refuses it.`,
          'Write it as editor(target, value) where condition.',
        );
      }
    }
  }
}

const COMPRESSIONS = ['', 'none', 'gzip', 'zstd', 'snappy', 'x-snappy-framed', 'zlib', 'deflate', 'lz4'];
/** Below this a request cannot be answered in time even by a neighbour. */
const SHORTEST_TIMEOUT_MS = 50;

/** What all exporters share. @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/exporterhelper */
function checkExporter({ id, type, node }: Component, findings: FindingList): void {
  const timeout = nodeAt(node, 'timeout');
  const limit = timeout === undefined ? undefined : durationOf(timeout);
  if (limit !== undefined && limit > 0 && limit < SHORTEST_TIMEOUT_MS && typeof valueAt(node, 'timeout') === 'string') {
    findings.error(
      'CONFIG-VALUE-TINY',
      timeout?.at,
      `${id}: a request that is not answered within ${textAt(timeout)} is given up, which no backend keeps to.`,
      'Set timeout to some seconds.',
    );
  }
  if (textAt(node, 'sending_queue', 'enabled') !== 'false') checkQueue(id, nodeAt(node, 'sending_queue'), findings);
  if (type !== 'otlp' && type !== 'otlphttp') return;
  const compression = nodeAt(node, 'compression');
  const word = textAt(compression);
  if (word !== undefined && !word.includes('${') && !COMPRESSIONS.includes(word)) {
    findings.error(
      'CONFIG-VALUE',
      compression?.at,
      `${id}: "${word}" is no compression that the Collector has, and it refuses it.`,
      'Write gzip, zstd, snappy or none.',
    );
  }
  const encoding = nodeAt(node, 'encoding');
  const how = textAt(encoding);
  if (type === 'otlphttp' && how !== undefined && !how.includes('${') && !['proto', 'json'].includes(how)) {
    findings.error(
      'CONFIG-VALUE',
      encoding?.at,
      `${id}: "${how}" is no encoding of OTLP, and the Collector refuses it.`,
      'Write proto or json.',
    );
  }
}

/** So few requests fit into a moment's burst; what does not is dropped. */
const SHORTEST_QUEUE = 8;

function checkQueue(id: string, queue: ConfigNode | undefined, findings: FindingList): void {
  for (const key of ['queue_size', 'num_consumers'] as const) {
    const value = numberAt(queue, key);
    const at = nodeAt(queue, key)?.at;
    if (value === undefined) continue;
    if (value <= 0) {
      findings.error(
        'CONFIG-VALUE',
        at,
        `${id}: ${key} must be greater than zero, and the Collector refuses it.`,
        key === 'queue_size'
          ? 'Leave it out (1000 requests), or set sending_queue.enabled: false.'
          : 'Leave it out (10).',
      );
    } else if (
      key === 'queue_size' &&
      value < SHORTEST_QUEUE &&
      (textAt(queue, 'sizer') ?? 'requests') === 'requests'
    ) {
      findings.error(
        'CONFIG-VALUE-TINY',
        at,
        `${id}: the queue holds ${value} request${value === 1 ? '' : 's'}: what comes while the backend is slow for a moment is dropped.`,
        'Leave queue_size out (1000 requests).',
      );
    }
  }
}

function valueAt(node: ConfigNode | undefined, ...path: readonly string[]) {
  const found = nodeAt(node, ...path);
  return found?.kind === 'scalar' ? found.value : undefined;
}

function numberAt(node: ConfigNode | undefined, ...path: readonly string[]): number | undefined {
  const value = valueAt(node, ...path);
  return typeof value === 'number' ? value : undefined;
}

/** Milliseconds, where the node holds a duration. */
function durationOf(node: ConfigNode): number | undefined {
  if (node.kind !== 'scalar') return undefined;
  if (typeof node.value === 'number') return node.value / 1e6;
  return typeof node.value === 'string' ? parseGoDuration(node.value) : undefined;
}
