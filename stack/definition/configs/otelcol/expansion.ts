import { type ConfigEntry, type ConfigNode, toPlain } from '../../config-node.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { ReaderContext } from '../reader.ts';
import type { FindingList } from '../shared/findings.ts';
import { relocate } from '../shared/text-positions.ts';

/** As the Collector bounds it. */
const MOST_ROUNDS = 1000;

/**
 * Puts `${env:X}`, `${X}`, `${env:X:-default}`, `${file:…}` and `${yaml:…}` in, in every value, as the Collector does:
 * a value that is one reference becomes what the text means in YAML (a number, a list), references inside a text
 * become text, `$$` a dollar sign. References of other schemes stay as they are.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/#environment-variables
 */
export function expandNode(node: ConfigNode, context: ReaderContext, findings: FindingList): ConfigNode {
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => expandNode(item, context, findings)) };
  if (node.kind === 'map') {
    const entries = new Map<string, ConfigEntry>();
    for (const [key, entry] of node.entries) {
      entries.set(key, { ...entry, node: expandNode(entry.node, context, findings) });
    }
    return { ...node, entries };
  }
  if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
  let text = node.value;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const reference = findReference(text);
    if (reference === undefined) break;
    const got = retrieve(reference.slice(2, -1), node, context, findings);
    if (got === undefined) return node;
    if (reference !== text) text = text.replaceAll(reference, () => got);
    else {
      const { root } = parseYaml(got, node.at.file, { version: 'v3' });
      if (root === undefined) return { ...node, value: got === '' ? null : got };
      const placed = relocate(root, () => node.at);
      if (placed.kind !== 'scalar') return expandNode(placed, context, findings);
      if (typeof placed.value !== 'string') return { ...placed, raw: node.raw };
      text = placed.value;
      if (!text.includes('${')) break;
    }
  }
  return { ...node, value: text.replaceAll('$$', '$') };
}

/** The first reference that is not escaped, innermost first. */
function findReference(text: string, from = 0): string | undefined {
  const close = text.indexOf('}', from);
  if (close < 0) return undefined;
  const open = text.slice(from, close).lastIndexOf('${');
  if (open < 0) return findReference(text, close + 1);
  const start = from + open;
  const dollars = /\$*$/.exec(text.slice(from, start))?.[0].length ?? 0;
  return dollars % 2 === 1 ? findReference(text, close + 1) : text.slice(start, close + 1);
}

function retrieve(uri: string, node: ConfigNode, context: ReaderContext, findings: FindingList): string | undefined {
  const match = /^([A-Za-z][A-Za-z0-9+.-]+):(.*)$/s.exec(uri);
  const [scheme, rest] = match === null ? ['env', uri] : [match[1] ?? '', match[2] ?? ''];
  if (scheme === 'env') return fromEnvironment(rest, node, context, findings);
  if (scheme === 'yaml') return rest;
  if (scheme !== 'file') return undefined;
  const file = context.readFile(rest);
  if (file === undefined) {
    findings.error(
      'CONFIG-FILE-MISSING',
      node.at,
      `The file ${rest} is not in the container: nothing is mounted there.`,
      `Mount a file at ${rest}, or correct the path.`,
    );
  }
  return file?.text.trimEnd();
}

function fromEnvironment(
  text: string,
  node: ConfigNode,
  context: ReaderContext,
  findings: FindingList,
): string | undefined {
  const cut = text.indexOf(':-');
  const name = cut < 0 ? text : text.slice(0, cut);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    findings.error(
      'CONFIG-EXPANSION',
      node.at,
      `"${name}" is no name of an environment variable, and the Collector refuses the file.`,
      'Correct the name, or write "$$" for a dollar sign that is meant.',
    );
    return undefined;
  }
  const value = context.environment[name]?.value ?? undefined;
  if (value !== undefined) return value;
  if (cut >= 0) return text.slice(cut + 2);
  findings.warning(
    'CONFIG-VARIABLE-UNSET',
    node.at,
    `The variable ${name} is neither set in the container's environment nor given a default, so nothing stands in its place.`,
    `Set ${name} under "environment" of the service, or write a default with ":-".`,
  );
  return '';
}

/** Joins two configurations as the Collector does: maps key by key, everything else replaced. */
export function mergeNodes(under: ConfigNode, over: ConfigNode): ConfigNode {
  if (under.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(under.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    entries.set(key, below === undefined ? entry : { keyAt: entry.keyAt, node: mergeNodes(below.node, entry.node) });
  }
  return { ...under, entries };
}

/** Whether a value came out of a reference. */
export function wasExpanded(node: ConfigNode): boolean {
  return node.kind === 'scalar' && node.raw.includes('${') && String(toPlain(node)) !== node.raw;
}
