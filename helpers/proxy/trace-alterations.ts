import { type Candidate, changed, distinct, oneSecondLater, otherId, replacing, said } from './candidate.ts';
import { type ArrayNode, at, itemsOf, type JsonNode, memberOf, membersOf } from './json-text.ts';
import { dropping } from './row-alterations.ts';

/** Alterations of a trace as Tempo answers it: OTLP JSON under `batches`, `resourceSpans` or `trace.resourceSpans`. */
type Candidates = (root: JsonNode, text: string) => readonly Candidate[];

interface SpanView {
  readonly node: JsonNode;
  readonly container: ArrayNode;
  readonly index: number;
  readonly path: string;
  readonly names: readonly string[];
}

export const dropSpan: Candidates = (root, text) =>
  spansOf(root, text).flatMap(({ container, index, path, names }) => dropping(container, index, text, path, names));

export const renameSpan: Candidates = (root, text) => changingField(root, text, 'name');

export const changeSpanKind: Candidates = (root, text) =>
  spansOf(root, text).flatMap(({ node, path, names }) => {
    const kind = memberOf(node, 'kind');
    if (kind?.kind !== 'string') return [];
    const other = kind.value === 'SPAN_KIND_CLIENT' ? 'SPAN_KIND_SERVER' : 'SPAN_KIND_CLIENT';
    return replacing(kind, JSON.stringify(other), text, `${path}.kind`, names);
  });

export const changeSpanParent: Candidates = (root, text) =>
  spansOf(root, text).flatMap(({ node, path, names }) => {
    const parent = memberOf(node, 'parentSpanId');
    if (parent?.kind !== 'string' || parent.value === '') return [];
    return replacing(parent, JSON.stringify(otherId(parent.value)), text, `${path}.parentSpanId`, names);
  });

export const changeSpanAttribute: Candidates = (root, text) =>
  spansOf(root, text).flatMap(({ node, path }) => changingAttributes(node, `${path}.attributes`, text));

export const changeResourceAttribute: Candidates = (root, text) =>
  resourcesOf(root).flatMap(({ node, path }) =>
    changingAttributes(memberOf(node, 'resource'), `${path}.resource.attributes`, text),
  );

export const shiftSpanEnd: Candidates = (root, text) =>
  spansOf(root, text).flatMap(({ node, path, names }) => {
    const end = memberOf(node, 'endTimeUnixNano');
    return end === undefined ? [] : replacing(end, oneSecondLater(end, text), text, `${path}.endTimeUnixNano`, names);
  });

export const dropSpanEvent: Candidates = (root, text) => droppingFrom(root, text, 'events');
export const dropSpanLink: Candidates = (root, text) => droppingFrom(root, text, 'links');

export const changeSpanStatus: Candidates = (root, text) =>
  spansOf(root, text).flatMap(({ node, path, names }) => {
    const code = at(node, 'status', 'code');
    if (code?.kind !== 'string') return [];
    const other = code.value === 'STATUS_CODE_ERROR' ? 'STATUS_CODE_OK' : 'STATUS_CODE_ERROR';
    return replacing(code, JSON.stringify(other), text, `${path}.status.code`, names);
  });

function changingField(root: JsonNode, text: string, key: string): readonly Candidate[] {
  return spansOf(root, text).flatMap(({ node, path, names }) => {
    const field = memberOf(node, key);
    return field === undefined ? [] : replacing(field, changed(field, text), text, `${path}.${key}`, names);
  });
}

function changingAttributes(owner: JsonNode | undefined, path: string, text: string): readonly Candidate[] {
  return itemsOf(memberOf(owner, 'attributes')).flatMap((attribute, index) => {
    const key = memberOf(attribute, 'key');
    const value = membersOf(memberOf(attribute, 'value'))[0];
    if (key?.kind !== 'string' || value === undefined) return [];
    return replacing(value.value, changed(value.value, text), text, `${path}[${index}].value.${value.key}`, [
      key.value,
    ]);
  });
}

function droppingFrom(root: JsonNode, text: string, key: 'events' | 'links'): readonly Candidate[] {
  return spansOf(root, text).flatMap(({ node, path, names }) => {
    const list = memberOf(node, key);
    if (list?.kind !== 'array') return [];
    return list.items.flatMap((item, index) => {
      const words = membersOf(item).flatMap(({ value }) => (value.kind === 'string' ? [value.value] : []));
      return dropping(list, index, text, `${path}.${key}[${index}]`, [...words, ...names]);
    });
  });
}

function resourcesOf(root: JsonNode): readonly { node: JsonNode; path: string }[] {
  const lists: [JsonNode | undefined, string][] = [
    [memberOf(root, 'batches'), '$.batches'],
    [memberOf(root, 'resourceSpans'), '$.resourceSpans'],
    [at(root, 'trace', 'resourceSpans'), '$.trace.resourceSpans'],
    [at(root, 'trace', 'batches'), '$.trace.batches'],
  ];
  return lists.flatMap(([list, path]) => itemsOf(list).map((node, index) => ({ node, path: `${path}[${index}]` })));
}

function spansOf(root: JsonNode, text: string): readonly SpanView[] {
  return resourcesOf(root).flatMap(({ node: resource, path }) =>
    ['scopeSpans', 'instrumentationLibrarySpans'].flatMap((scopes) =>
      itemsOf(memberOf(resource, scopes)).flatMap((scope, scopeIndex) => {
        const container = memberOf(scope, 'spans');
        if (container?.kind !== 'array') return [];
        return container.items.map((node, index) => ({
          node,
          container,
          index,
          path: `${path}.${scopes}[${scopeIndex}].spans[${index}]`,
          names: spanNames(node, text),
        }));
      }),
    ),
  );
}

/** Its name, and its id as written and in hex. */
function spanNames(span: JsonNode, text: string): readonly string[] {
  const [name, id] = [memberOf(span, 'name'), memberOf(span, 'spanId')];
  const written = id === undefined ? '' : said(id, text);
  const hex = /^[0-9a-f]{16}$/i.test(written) ? written : Buffer.from(written, 'base64').toString('hex');
  return distinct([name === undefined ? '' : said(name, text), written, hex]);
}
