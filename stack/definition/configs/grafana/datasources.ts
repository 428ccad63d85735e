import { createHash } from 'node:crypto';
import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { CredentialSource, Datasource, DatasourceLink, Output } from '../../facts.ts';
import type { Signal } from '../../types.ts';
import { maskUrl, parseUrlTarget, urlCredentials } from '../shared/addresses.ts';
import type { FindingList } from '../shared/findings.ts';
import { interpolateTree, lostMacros, type Surroundings } from './interpolate.ts';

/** What one data source is asked for. */
const SIGNALS: Readonly<Record<string, readonly Signal[]>> = {
  prometheus: ['metrics'],
  loki: ['logs'],
  tempo: ['traces'],
  jaeger: ['traces'],
  zipkin: ['traces'],
  'grafana-pyroscope-datasource': ['profiles'],
  phlare: ['profiles'],
};

export interface ReadDatasources {
  readonly datasources: Datasource[];
  readonly outputs: Output[];
  /** Data sources named by other settings than links: `lokiSearch`, `alertmanagerUid`. */
  readonly mentions: readonly { readonly what: string; readonly uid: string; readonly at: Datasource['at'] }[];
}

/** The uid that Grafana gives a provisioned data source which has none. */
export function generatedUid(name: string): string {
  return `P${createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase()}`;
}

/**
 * Reads one file of `provisioning/datasources`.
 *
 * @see https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
 */
export function readDatasources(
  root: ConfigNode | undefined,
  around: Surroundings,
  findings: FindingList,
): ReadDatasources {
  const datasources: Datasource[] = [];
  const outputs: Output[] = [];
  const mentions: { what: string; uid: string; at: Datasource['at'] }[] = [];
  for (const written of itemsOf(nodeAt(root, 'datasources'))) {
    reportLostMacros(written, findings);
    const node = interpolateTree(written, around);
    const name = textAt(node, 'name') ?? '';
    const type = textAt(node, 'type') ?? '';
    const url = textAt(node, 'url') ?? '';
    if (name === '' || type === '') {
      findings.error(
        'CONFIG-GRAFANA-DATASOURCE',
        node.at,
        `A data source has no ${name === '' ? 'name' : 'type'}.`,
        'Add it.',
      );
      continue;
    }
    const given = textAt(node, 'uid');
    const data = nodeAt(node, 'jsonData');
    datasources.push({
      name,
      uid: given === undefined || given === '' ? generatedUid(name) : given,
      type,
      url: maskUrl(url),
      isDefault: textAt(node, 'isDefault') === 'true',
      links: linksOf(data),
      at: nodeAt(node, 'name')?.at ?? node.at,
    });
    for (const [what, path] of MENTIONS) {
      const found = nodeAt(data, ...path);
      const uid = textAt(found);
      if (found !== undefined && uid !== undefined && uid !== '') mentions.push({ what, uid, at: found.at });
    }
    const output = outputOf(node, name, type, url);
    if (output !== undefined) outputs.push(output);
    else if (type in SIGNALS) badUrl(node, name, url, findings);
  }
  return { datasources, outputs, mentions };
}

const MENTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['lokiSearch', ['lokiSearch', 'datasourceUid']],
  ['alertmanagerUid', ['alertmanagerUid']],
];

function badUrl(node: ConfigNode, name: string, url: string, findings: FindingList): void {
  findings.error(
    'CONFIG-GRAFANA-DATASOURCE',
    nodeAt(node, 'url')?.at ?? node.at,
    url === ''
      ? `The data source "${name}" has no url.`
      : `"${url}" is not a URL that the data source "${name}" can ask.`,
    'Write the whole URL with http:// or https://; check that its variables are set.',
  );
}

function outputOf(node: ConfigNode, name: string, type: string, url: string): Output | undefined {
  const address = parseUrlTarget(url) ?? parseUrlTarget(/^[\w.-]+:\d+/.test(url) ? `http://${url}` : '');
  if (address === undefined) return undefined;
  const data = nodeAt(node, 'jsonData');
  const headers = new Map<string, string | undefined>();
  for (const [key, entry] of entriesOf(data)) {
    const number = /^httpHeaderName(\d+)$/.exec(key)?.[1];
    if (number !== undefined)
      headers.set(textAt(entry.node) ?? '', textAt(node, 'secureJsonData', `httpHeaderValue${number}`));
  }
  const tenant = [...headers].find(([header]) => header.toLowerCase() === 'x-scope-orgid')?.[1];
  const auth = authOf(node, url, headers);
  const skip = textAt(data, 'tlsSkipVerify');
  return {
    component: `datasource/${name}`,
    purpose: 'query',
    protocol: 'http-api',
    signals: SIGNALS[type] ?? [],
    target: {
      ...address,
      headers: [...headers.keys()],
      ...(tenant === undefined ? {} : { tenant }),
      ...(skip === undefined ? {} : { tlsSkipVerify: skip === 'true' }),
      ...(auth === undefined ? {} : { auth }),
    },
    at: nodeAt(node, 'url')?.at ?? node.at,
  };
}

function authOf(
  node: ConfigNode,
  url: string,
  headers: ReadonlyMap<string, string | undefined>,
): CredentialSource | undefined {
  if (textAt(node, 'basicAuth') === 'true') {
    const username = textAt(node, 'basicAuthUser');
    const password = textAt(node, 'secureJsonData', 'basicAuthPassword') ?? textAt(node, 'basicAuthPassword');
    return {
      kind: 'basic',
      ...(username === undefined ? {} : { username }),
      secret: () => password,
      at: nodeAt(node, 'basicAuth')?.at ?? node.at,
    };
  }
  const found = [...headers].find(([header]) => header.toLowerCase() === 'authorization');
  if (found !== undefined) {
    const [header, value] = found;
    const bearer = /^bearer\s+(.*)$/i.exec(value ?? '')?.[1];
    if (bearer !== undefined) return { kind: 'bearer', secret: () => bearer, at: node.at };
    return { kind: 'header', header, secret: () => value, at: node.at };
  }
  const inUrl = urlCredentials(url);
  return inUrl && { kind: 'basic', username: inUrl.username, secret: () => inUrl.password, at: node.at };
}

function linksOf(data: ConfigNode | undefined): DatasourceLink[] {
  const links: DatasourceLink[] = [];
  const add = (
    kind: DatasourceLink['kind'],
    node: ConfigNode,
    rest: { key?: string | undefined; query?: string | undefined },
  ): void => {
    const target = nodeAt(node, 'datasourceUid');
    const uid = textAt(target);
    links.push({
      kind,
      ...(uid === undefined || uid === '' ? {} : { targetUid: uid }),
      ...(rest.key === undefined ? {} : { key: rest.key }),
      ...(rest.query === undefined ? {} : { query: rest.query }),
      at: target?.at ?? node.at,
    });
  };
  for (const field of itemsOf(nodeAt(data, 'derivedFields'))) {
    add('derived-field', field, { key: textAt(field, 'matcherRegex'), query: textAt(field, 'url') });
  }
  for (const destination of itemsOf(nodeAt(data, 'exemplarTraceIdDestinations'))) {
    add('exemplar-destination', destination, { key: textAt(destination, 'name'), query: textAt(destination, 'url') });
  }
  const logs = nodeAt(data, 'tracesToLogsV2') ?? nodeAt(data, 'tracesToLogs');
  if (logs !== undefined) {
    const custom = textAt(logs, 'customQuery') === 'true';
    add('traces-to-logs', logs, { key: tagsOf(logs), ...(custom ? { query: textAt(logs, 'query') } : {}) });
  }
  const metrics = nodeAt(data, 'tracesToMetrics');
  if (metrics !== undefined) {
    const queries = itemsOf(nodeAt(metrics, 'queries')).map((query) => textAt(query, 'query'));
    for (const query of queries.length === 0 ? [undefined] : queries)
      add('traces-to-metrics', metrics, { key: tagsOf(metrics), query });
  }
  const profiles = nodeAt(data, 'tracesToProfiles') ?? nodeAt(data, 'tracesToProfilesV2');
  if (profiles !== undefined) {
    const custom = textAt(profiles, 'customQuery') === 'true';
    const query = custom ? textAt(profiles, 'query') : textAt(profiles, 'profileTypeId');
    add('traces-to-profiles', profiles, { key: tagsOf(profiles), query });
  }
  const map = nodeAt(data, 'serviceMap');
  if (map !== undefined) add('service-map', map, {});
  const graph = nodeAt(data, 'nodeGraph');
  if (textAt(graph, 'enabled') === 'true' && graph !== undefined) add('node-graph', graph, {});
  return links;
}

/** Attributes that a link carries over, `attribute=label` where they differ, with commas. */
function tagsOf(node: ConfigNode): string | undefined {
  const tags = itemsOf(nodeAt(node, 'tags')).map((tag) => {
    if (tag.kind === 'scalar') return textAt(tag) ?? '';
    const key = textAt(tag, 'key') ?? '';
    const value = textAt(tag, 'value');
    return value === undefined || value === '' || value === key ? key : `${key}=${value}`;
  });
  return tags.length === 0 ? undefined : tags.join(',');
}

function reportLostMacros(node: ConfigNode, findings: FindingList): void {
  if (node.kind === 'list') for (const item of node.items) reportLostMacros(item, findings);
  for (const [, entry] of entriesOf(node)) reportLostMacros(entry.node, findings);
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
  const [lost] = lostMacros(node.value);
  if (lost === undefined || lost.startsWith('__env') || lost.startsWith('__file')) return;
  findings.error(
    'CONFIG-GRAFANA-ESCAPE',
    node.at,
    `\${${lost}} is taken for an environment variable here, so that nothing stands in its place.`,
    `Write $\${${lost}}.`,
  );
}
