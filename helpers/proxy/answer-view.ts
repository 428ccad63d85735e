import { type ArrayNode, at, itemsOf, type JsonNode, type Member, memberOf, membersOf } from './json-text.ts';

/** What an answer is about; decides which alterations make sense. */
export type AnswerKind =
  | 'vector'
  | 'matrix'
  | 'scalar'
  | 'string'
  | 'streams'
  /** Prometheus' exemplars. */
  | 'exemplars'
  /** Lists of label sets: `/series`. */
  | 'label-sets'
  /** Lists of names or values. */
  | 'strings'
  | 'trace'
  /** Tempo's metrics answers. */
  | 'trace-metrics'
  /** Lists of objects: targets, alerts, rules, trace search, tag values, detected fields. */
  | 'objects'
  /** Any other JSON object: status pages, flags. */
  | 'document'
  /** Text of `key: value` lines: `/config`. */
  | 'config-text'
  /** The Prometheus exposition format. */
  | 'metrics-text'
  | 'other';

/** The parts of an answer that alterations work on, the same for every kind that has rows. */
export interface AnswerView {
  readonly kind: AnswerKind;
  readonly rows: readonly RowView[];
}

export interface RowView {
  readonly node: JsonNode;
  readonly container: ArrayNode;
  readonly index: number;
  readonly path: string;
  readonly labels: readonly LabelView[];
  /** The object that holds the labels, where new ones can be put in. */
  readonly labelsNode: JsonNode | undefined;
  readonly samples: readonly SampleView[];
}

export interface LabelView {
  readonly name: string;
  readonly nameSpan: { readonly start: number; readonly end: number };
  readonly value: JsonNode;
  readonly path: string;
}

/** A point of a series or a line of a stream. */
export interface SampleView {
  readonly node: JsonNode;
  /** Undefined for the one point of an instant vector. */
  readonly container: ArrayNode | undefined;
  readonly index: number;
  readonly path: string;
  readonly time: JsonNode | undefined;
  /** The number in it; of a native histogram its count. */
  readonly value: JsonNode | undefined;
  readonly line: JsonNode | undefined;
  readonly metadata: readonly LabelView[];
}

/** The view of a JSON answer of Prometheus, Loki or Tempo, recognised by its shape. */
export function viewOf(root: JsonNode): AnswerView {
  const type = at(root, 'data', 'resultType');
  const result = at(root, 'data', 'result');
  if (type?.kind === 'string') {
    switch (type.value) {
      case 'vector':
      case 'matrix':
        return { kind: type.value, rows: rowsOf(result, '$.data.result', seriesRow) };
      case 'streams':
        return { kind: 'streams', rows: rowsOf(result, '$.data.result', streamRow) };
      case 'scalar':
      case 'string':
        return { kind: type.value, rows: [singleRow(root, result)] };
    }
  }
  if (isTrace(root)) return { kind: 'trace', rows: [] };
  if (isTraceMetrics(root))
    return { kind: 'trace-metrics', rows: rowsOf(memberOf(root, 'series'), '$.series', traceSeriesRow) };
  const [list, path] = firstList(root);
  if (list === undefined) return { kind: 'document', rows: [] };
  const first = list.items[0];
  if (first?.kind === 'string') return { kind: 'strings', rows: rowsOf(list, path, plainRow) };
  if (memberOf(first, 'seriesLabels') !== undefined)
    return { kind: 'exemplars', rows: rowsOf(list, path, exemplarRow) };
  if (first?.kind === 'object' && path === '$.data' && first.members.every(({ value }) => value.kind === 'string')) {
    return { kind: 'label-sets', rows: rowsOf(list, path, labelSetRow) };
  }
  return { kind: 'objects', rows: rowsOf(list, path, plainRow) };
}

type RowParts = Pick<RowView, 'labels' | 'labelsNode' | 'samples'>;

function rowsOf(
  list: JsonNode | undefined,
  path: string,
  parts: (row: JsonNode, path: string) => RowParts,
): readonly RowView[] {
  if (list?.kind !== 'array') return [];
  return list.items.map((node, index) => {
    const rowPath = `${path}[${index}]`;
    return { node, container: list, index, path: rowPath, ...parts(node, rowPath) };
  });
}

function plainRow(): RowParts {
  return { labels: [], labelsNode: undefined, samples: [] };
}

function labelSetRow(row: JsonNode, path: string): RowParts {
  return { labels: labelsIn(row, path), labelsNode: row, samples: [] };
}

function seriesRow(row: JsonNode, path: string): RowParts {
  const metric = memberOf(row, 'metric');
  const samples = ['value', 'histogram'].flatMap((key) => {
    const pair = memberOf(row, key);
    return pair === undefined ? [] : [pointOf(pair, undefined, 0, `${path}.${key}`)];
  });
  const more = ['values', 'histograms'].flatMap((key) => samplesIn(memberOf(row, key), `${path}.${key}`));
  return { labels: labelsIn(metric, `${path}.metric`), labelsNode: metric, samples: [...samples, ...more] };
}

function samplesIn(list: JsonNode | undefined, path: string): readonly SampleView[] {
  if (list?.kind !== 'array') return [];
  return list.items.map((pair, index) => pointOf(pair, list, index, `${path}[${index}]`));
}

function pointOf(pair: JsonNode, container: ArrayNode | undefined, index: number, path: string): SampleView {
  const [time, value] = itemsOf(pair);
  const number = value?.kind === 'object' ? memberOf(value, 'count') : value;
  return { node: pair, container, index, path, time, value: number, line: undefined, metadata: [] };
}

function streamRow(row: JsonNode, path: string): RowParts {
  const stream = memberOf(row, 'stream');
  const list = memberOf(row, 'values');
  const samples = itemsOf(list).map((entry, index): SampleView => {
    const [time, line, extra] = itemsOf(entry);
    const entryPath = `${path}.values[${index}]`;
    const metadata = ['structuredMetadata', 'parsed'].flatMap((key) =>
      labelsIn(memberOf(extra, key), `${entryPath}[2].${key}`),
    );
    const container = list?.kind === 'array' ? list : undefined;
    return { node: entry, container, index, path: entryPath, time, value: undefined, line, metadata };
  });
  return { labels: labelsIn(stream, `${path}.stream`), labelsNode: stream, samples };
}

function traceSeriesRow(row: JsonNode, path: string): RowParts {
  const labels = itemsOf(memberOf(row, 'labels')).flatMap((label, index): LabelView[] => {
    const key = memberOf(label, 'key');
    const value = membersOf(memberOf(label, 'value'))[0]?.value;
    if (key?.kind !== 'string' || value === undefined) return [];
    return [{ name: key.value, nameSpan: key, value, path: `${path}.labels[${index}]` }];
  });
  const list = memberOf(row, 'samples');
  const container = list?.kind === 'array' ? list : undefined;
  const samples = itemsOf(list).map((sample, index): SampleView => {
    const [time, value] = [memberOf(sample, 'timestampMs'), memberOf(sample, 'value')];
    const samplePath = `${path}.samples[${index}]`;
    return { node: sample, container, index, path: samplePath, time, value, line: undefined, metadata: [] };
  });
  return { labels, labelsNode: undefined, samples };
}

function exemplarRow(row: JsonNode, path: string): RowParts {
  const list = memberOf(row, 'exemplars');
  const container = list?.kind === 'array' ? list : undefined;
  const samples = itemsOf(list).map((exemplar, index): SampleView => {
    const samplePath = `${path}.exemplars[${index}]`;
    return {
      node: exemplar,
      container,
      index,
      path: samplePath,
      time: memberOf(exemplar, 'timestamp'),
      value: memberOf(exemplar, 'value'),
      line: undefined,
      metadata: labelsIn(memberOf(exemplar, 'labels'), `${samplePath}.labels`),
    };
  });
  const labelsNode = memberOf(row, 'seriesLabels');
  return { labels: labelsIn(labelsNode, `${path}.seriesLabels`), labelsNode, samples };
}

function singleRow(root: JsonNode, pair: JsonNode | undefined): RowView {
  const node = pair ?? root;
  const container: ArrayNode = { kind: 'array', start: node.start, end: node.end, items: [node] };
  const samples = pair === undefined ? [] : [pointOf(pair, undefined, 0, '$.data.result')];
  return { node, container, index: 0, path: '$.data.result', labels: [], labelsNode: undefined, samples };
}

function labelsIn(node: JsonNode | undefined, path: string): readonly LabelView[] {
  return membersOf(node).map(({ key, keySpan, value }: Member) => ({
    name: key,
    nameSpan: keySpan,
    value,
    path: `${path}[${JSON.stringify(key)}]`,
  }));
}

function isTrace(root: JsonNode): boolean {
  return [memberOf(root, 'batches'), memberOf(root, 'resourceSpans'), at(root, 'trace', 'resourceSpans')].some(
    (list) => list?.kind === 'array',
  );
}

function isTraceMetrics(root: JsonNode): boolean {
  const first = itemsOf(memberOf(root, 'series'))[0];
  return memberOf(first, 'samples') !== undefined;
}

/** The list that an answer consists of: the root, `data`, or the first list found in members of either. */
function firstList(root: JsonNode): [list: ArrayNode | undefined, path: string] {
  const data = memberOf(root, 'data');
  const candidates: [JsonNode | undefined, string][] = [
    [root, '$'],
    [data, '$.data'],
    ...membersOf(data).map(({ key, value }): [JsonNode, string] => [value, `$.data.${key}`]),
    ...membersOf(root).map(({ key, value }): [JsonNode, string] => [value, `$.${key}`]),
  ];
  const found = candidates.find(([node]) => node?.kind === 'array');
  return found?.[0]?.kind === 'array' ? [found[0], found[1]] : [undefined, '$'];
}
