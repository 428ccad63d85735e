import type { AnswerView, LabelView, RowView, SampleView } from './answer-view.ts';
import { type Candidate, changed, distinct, oneSecondLater, otherText, replacing, said } from './candidate.ts';
import { type ArrayNode, type JsonNode, removal } from './json-text.ts';

/** Alterations of answers that consist of rows: series, streams, label sets, names, objects. */
type Candidates = (view: AnswerView, text: string) => readonly Candidate[];

export const dropRow: Candidates = (view, text) =>
  view.rows.flatMap((row) => dropping(row.container, row.index, text, row.path, namesOfRow(row, text)));

/** A copy of a row with one label value changed (a name with a suffix), put behind it. */
export const addRow: Candidates = (view, text) =>
  view.rows.flatMap((row): Candidate[] => {
    const source = text.slice(row.node.start, row.node.end);
    const copy = copyWithOther(row, source);
    if (copy === undefined) return [];
    const splices = [{ start: row.node.end, end: row.node.end, text: `,${copy.text}` }];
    const path = row.path.replace(/\[\d+\]$/, `[${row.index + 1}]`);
    return [{ path, before: '', after: copy.text, names: copy.names, splices }];
  });

export const swapRows: Candidates = (view, text) =>
  view.rows.flatMap((row) => swapping(row.container, row.index, text, row.path, namesOfRow(row, text)));

export const emptyResult: Candidates = (view, text) => {
  const first = view.rows[0];
  if (first === undefined) return [];
  const { start, end } = first.container;
  const names = distinct(view.rows.flatMap((row) => namesOfRow(row, text)));
  const path = first.path.replace(/\[\d+\]$/, '');
  return [{ path, before: text.slice(start, end), after: '[]', names, splices: [{ start, end, text: '[]' }] }];
};

export const shiftValue: Candidates = (view, text) =>
  overSamples(view, (sample, row) =>
    sample.value === undefined
      ? []
      : replacing(sample.value, changed(sample.value, text), text, valuePath(sample), namesOfRow(row, text)),
  );

export const shiftTime: Candidates = (view, text) =>
  overSamples(view, (sample, row) =>
    sample.time === undefined
      ? []
      : replacing(sample.time, oneSecondLater(sample.time, text), text, timePath(sample), [
          ...(sample.line === undefined ? [] : [said(sample.line, text)]),
          ...namesOfRow(row, text),
        ]),
  );

export const dropPoint: Candidates = (view, text) =>
  overSamples(view, (sample, row) =>
    sample.container === undefined || sample.container.items.length < 2
      ? []
      : dropping(sample.container, sample.index, text, sample.path, [
          ...wordsOf([sample.line, sample.value, sample.time], text),
          ...namesOfRow(row, text),
        ]),
  );

export const swapPoints: Candidates = (view, text) =>
  overSamples(view, (sample, row) =>
    sample.container === undefined
      ? []
      : swapping(sample.container, sample.index, text, sample.path, [
          ...wordsOf([sample.line], text),
          ...namesOfRow(row, text),
        ]),
  );

export const changeLine: Candidates = (view, text) =>
  overSamples(view, ({ line, path }, row) =>
    line?.kind !== 'string'
      ? []
      : replacing(line, JSON.stringify(`${line.value} (altered)`), text, `${path}[1]`, namesOfRow(row, text)),
  );

export const changeMetadata: Candidates = (view, text) =>
  overSamples(view, (sample) => sample.metadata.flatMap((label) => changingLabel(label, text)));

export const dropMetadata: Candidates = (view, text) =>
  overSamples(view, (sample) =>
    sample.metadata.map((label, _, all): Candidate => {
      // Structured metadata and parsed labels stand in different objects: only neighbours in one object are siblings.
      const siblings = all.filter((other) => parentOf(other.path) === parentOf(label.path)).map(spanOf);
      const own = siblings.findIndex(({ start }) => start === label.nameSpan.start);
      const before = said(label.value, text);
      const names = distinct([label.name, before]);
      return { path: label.path, before, after: '', names, splices: [removal(siblings, own)] };
    }),
  );

export const renameLabel: Candidates = (view, text) =>
  overLabels(view, (label, row) => {
    const after = `${label.name}_renamed`;
    const names = distinct([after, label.name, ...namesOfRow(row, text)]);
    return [
      {
        path: label.path,
        before: label.name,
        after,
        names,
        splices: [{ ...label.nameSpan, text: JSON.stringify(after) }],
      },
    ];
  });

export const changeLabel: Candidates = (view, text) => overLabels(view, (label) => changingLabel(label, text));

export const changeName: Candidates = (view, text) =>
  view.rows.flatMap(({ node, path }) =>
    node.kind === 'string' ? replacing(node, JSON.stringify(`${node.value}-altered`), text, path, []) : [],
  );

/** Removes one element of a list. */
export function dropping(
  container: ArrayNode,
  index: number,
  text: string,
  path: string,
  names: readonly string[],
): readonly Candidate[] {
  const node = container.items[index];
  if (node === undefined || container.start === node.start) return [];
  const before = text.slice(node.start, node.end);
  return [{ path, before, after: '', names: distinct(names), splices: [removal(container.items, index)] }];
}

function swapping(
  container: ArrayNode,
  index: number,
  text: string,
  path: string,
  names: readonly string[],
): readonly Candidate[] {
  const [one, other] = [container.items[index], container.items[index + 1]];
  if (one === undefined || other === undefined) return [];
  const [before, after] = [text.slice(one.start, one.end), text.slice(other.start, other.end)];
  if (before === after) return [];
  const splices = [
    { start: one.start, end: one.end, text: after },
    { start: other.start, end: other.end, text: before },
  ];
  return [{ path, before, after, names: distinct(names), splices }];
}

function changingLabel(label: LabelView, text: string): readonly Candidate[] {
  const { value } = label;
  const newText = value.kind === 'string' ? JSON.stringify(otherText(value.value, '-altered')) : changed(value, text);
  return replacing(value, newText, text, label.path, [label.name]);
}

function copyWithOther(row: RowView, source: string): { text: string; names: readonly string[] } | undefined {
  const label = row.labels.find(({ name, value }) => name !== '__name__' && value.kind === 'string');
  const offset = row.node.start;
  if (label?.value.kind === 'string') {
    const value = otherText(label.value.value, '-added');
    const { start, end } = label.value;
    const text = source.slice(0, start - offset) + JSON.stringify(value) + source.slice(end - offset);
    return { text, names: [value] };
  }
  if (row.labelsNode?.kind === 'object') {
    const inside = row.labelsNode.start + 1 - offset;
    const comma = row.labelsNode.members.length > 0 ? ',' : '';
    const text = `${source.slice(0, inside)}"altered":"added"${comma}${source.slice(inside)}`;
    return { text, names: ['added', 'altered'] };
  }
  if (row.node.kind === 'string') {
    const value = `${row.node.value}-added`;
    return { text: JSON.stringify(value), names: [value] };
  }
  const leaf = row.node.kind === 'object' ? row.node.members.find(({ value }) => value.kind === 'string') : undefined;
  if (leaf?.value.kind !== 'string') return undefined;
  const value = otherText(leaf.value.value, '-added');
  const text =
    source.slice(0, leaf.value.start - offset) + JSON.stringify(value) + source.slice(leaf.value.end - offset);
  return { text, names: [value] };
}

function namesOfRow(row: RowView, text: string): readonly string[] {
  if (row.labels.length > 0) return row.labels.map(({ value }) => said(value, text));
  if (row.node.kind === 'string') return [row.node.value];
  if (row.node.kind !== 'object') return [];
  return row.node.members.filter(({ value }) => value.kind === 'string').map(({ value }) => said(value, text));
}

function overSamples(
  view: AnswerView,
  of: (sample: SampleView, row: RowView) => readonly Candidate[],
): readonly Candidate[] {
  return view.rows.flatMap((row) => row.samples.flatMap((sample) => of(sample, row)));
}

function overLabels(
  view: AnswerView,
  of: (label: LabelView, row: RowView) => readonly Candidate[],
): readonly Candidate[] {
  return view.rows.flatMap((row) => row.labels.flatMap((label) => of(label, row)));
}

function wordsOf(nodes: readonly (JsonNode | undefined)[], text: string): readonly string[] {
  return nodes.flatMap((node) => (node === undefined ? [] : [said(node, text)]));
}

function spanOf(label: LabelView): { start: number; end: number } {
  return { start: label.nameSpan.start, end: label.value.end };
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('['));
}

function valuePath({ node, path }: SampleView): string {
  return node.kind === 'array' ? `${path}[1]` : `${path}.value`;
}

function timePath({ node, path }: SampleView): string {
  return node.kind === 'array' ? `${path}[0]` : `${path}.time`;
}
