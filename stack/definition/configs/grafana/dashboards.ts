import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Dashboard } from '../../facts.ts';

type Panel = Dashboard['panels'][number];

/** A panel's data source as the file names it: a uid, a name (old dashboards), a variable, or nothing for the default. */
export interface PanelSource {
  readonly panel: Panel;
  readonly named?: string;
}

export interface ReadDashboard {
  readonly dashboard: Dashboard;
  readonly sources: readonly PanelSource[];
  /** Names of template variables. */
  readonly variables: ReadonlySet<string>;
  /** Names of `__inputs`, which only an import by hand asks for. */
  readonly inputs: ReadonlySet<string>;
}

/** Reads a dashboard's JSON, panels in rows included; undefined for JSON that is no dashboard. */
export function readDashboard(root: ConfigNode | undefined, file: string): ReadDashboard | undefined {
  const node = nodeAt(root, 'dashboard') ?? root;
  const title = textAt(node, 'title');
  if (title === undefined) return undefined;
  const sources = panelsOf(node).flatMap(sourcesOf);
  const names = (list: ConfigNode | undefined): ReadonlySet<string> =>
    new Set(itemsOf(list).flatMap((item) => textAt(item, 'name') ?? []));
  const uid = textAt(node, 'uid');
  return {
    dashboard: { ...(uid === undefined ? {} : { uid }), title, panels: sources.map((source) => source.panel), file },
    sources,
    variables: names(nodeAt(node, 'templating', 'list')),
    inputs: names(nodeAt(node, '__inputs')),
  };
}

function panelsOf(node: ConfigNode | undefined): ConfigNode[] {
  const direct = itemsOf(nodeAt(node, 'panels'));
  const rows = itemsOf(nodeAt(node, 'rows')).flatMap((row) => itemsOf(nodeAt(row, 'panels')));
  return [...direct, ...rows].flatMap((panel) => [panel, ...panelsOf(panel)]);
}

/** One entry for each data source that a panel's queries use. */
function sourcesOf(panel: ConfigNode): PanelSource[] {
  const title = textAt(panel, 'title') ?? '';
  const own = nameOf(nodeAt(panel, 'datasource'));
  const targets = itemsOf(nodeAt(panel, 'targets'));
  const groups = new Map<string, { named: string | undefined; exprs: string[]; at: ConfigNode['at'] }>();
  for (const target of targets) {
    const node = nodeAt(target, 'datasource') ?? nodeAt(panel, 'datasource');
    const named = nameOf(nodeAt(target, 'datasource')) ?? own;
    const key = named ?? '';
    const group = groups.get(key) ?? { named, exprs: [], at: node?.at ?? panel.at };
    const expr = textAt(target, 'expr') ?? textAt(target, 'query') ?? textAt(target, 'labelSelector');
    if (expr !== undefined && expr !== '') group.exprs.push(expr);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ named, exprs, at }) => ({
    panel: { title, ...(named === undefined ? {} : { datasourceUid: named }), exprs, at },
    ...(named === undefined ? {} : { named }),
  }));
}

function nameOf(node: ConfigNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'map') return entriesOf(node).length === 0 ? undefined : textAt(node, 'uid');
  return textAt(node);
}

/** The variable behind `$ds`, `${ds}`, `${ds:raw}` and `[[ds]]`. */
export function variableIn(name: string): string | undefined {
  return /^(?:\$\{(\w+)(?::\w+)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\])$/
    .exec(name)
    ?.slice(1)
    .find((part) => part !== undefined);
}
