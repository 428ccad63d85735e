import { type ConfigNode, entriesOf, itemsOf } from '../../config-node.ts';
import { parseGoDuration, parsePrometheusDuration } from './durations.ts';
import { didYouMean, type FindingList, visitUnknownKeys } from './findings.ts';
import type { KeyRegister, KeyType } from './key-table.ts';
import { parseBase2Bytes, parseDatasize } from './sizes.ts';
import { isNewerMinor } from './versions.ts';

export interface TableCheck {
  /** For messages: `Loki`. */
  readonly engine: string;
  readonly root: ConfigNode;
  readonly table: KeyRegister;
  readonly tableVersion: string;
  readonly version: string;
  /** Keys that are fine although the table does not have them. `where` is the dotted path above, '' at the top. */
  accepted?(key: string, where: string): boolean;
  /** What is known of a key that an earlier version had. */
  hint?(key: string, where: string): { readonly message: string; readonly remedy: string } | undefined;
}

/**
 * Reports keys that the engine does not have, and values that do not fit their key's type, as errors: these engines
 * read their files strictly. Of a version newer than the table, unknown keys are warnings.
 */
export function reportTableFaults(findings: FindingList, check: TableCheck): void {
  const newer = isNewerMinor(check.version, check.tableVersion);
  visitUnknownKeys(check.root, check.table.shape, (key, at, path, known) => {
    const where = path.join('.');
    if (check.accepted?.(key, where) === true) return;
    const hint = check.hint?.(key, where);
    if (hint !== undefined) {
      findings.error('CONFIG-REMOVED-KEY', at, hint.message, hint.remedy);
      return;
    }
    const place = where === '' ? 'at the top level' : `under ${where}`;
    const meant = didYouMean(key, known);
    const remedy = meant === undefined ? 'Remove the key, or move it to where it belongs.' : `Did you mean "${meant}"?`;
    if (newer) {
      const known = `known up to ${check.engine} ${check.tableVersion}`;
      findings.warning('CONFIG-UNKNOWN-KEY', at, `The key "${key}" ${place} is not ${known}.`, remedy);
    } else {
      const words = `${check.engine} has no key "${key}" ${place}, and refuses the file.`;
      findings.error('CONFIG-UNKNOWN-KEY', at, words, remedy);
    }
  });
  visitValues(check.root, '', (node, path) => {
    const type = check.table.keys.get(path)?.type;
    if (type === undefined) return;
    const fault = valueFault(node, type);
    if (fault === undefined) return;
    findings.error(
      'CONFIG-VALUE',
      node.at,
      `${check.engine} refuses ${path.replaceAll('.[]', '')}: ${fault.why}`,
      fault.remedy,
    );
  });
}

function visitValues(node: ConfigNode, path: string, visit: (node: ConfigNode, path: string) => void): void {
  if (path !== '') visit(node, path);
  for (const item of itemsOf(node)) visitValues(item, `${path}.[]`, visit);
  for (const [key, entry] of entriesOf(node)) visitValues(entry.node, path === '' ? key : `${path}.${key}`, visit);
}

interface ValueFault {
  readonly why: string;
  readonly remedy: string;
}

/** Why a value does not fit a type, as Go's strict YAML decoding sees it. */
export function valueFault(node: ConfigNode, type: KeyType): ValueFault | undefined {
  if (node.kind === 'scalar' && node.value === null) return undefined;
  if (type === 'any') return undefined;
  if (node.kind !== 'scalar') {
    if (type === 'struct' || type === 'map')
      return node.kind === 'map' ? undefined : wrongKind('a list', 'keys and values');
    if (type === 'list') return node.kind === 'list' ? undefined : wrongKind('a map', 'a list');
    return wrongKind(node.kind === 'map' ? 'a map' : 'a list', 'a single value');
  }
  const text = String(node.value);
  const shown = `"${node.raw}"`;
  switch (type) {
    case 'bool':
      if (typeof node.value === 'boolean') return undefined;
      return { why: `${shown} is not a boolean.`, remedy: 'Write true or false, without quotes.' };
    case 'int':
      if (typeof node.value === 'number' && Number.isInteger(node.value)) return undefined;
      return { why: `${shown} is not a whole number.`, remedy: 'Write a whole number, without quotes or unit.' };
    case 'float':
      if (typeof node.value === 'number') return undefined;
      return { why: `${shown} is not a number.`, remedy: 'Write a number, without quotes or unit.' };
    case 'go-duration':
      if (typeof node.value === 'number' || parseGoDuration(text) !== undefined) return undefined;
      return {
        why: `${shown} is not a duration of this key.`,
        remedy: 'Write it with h, m, s or ms (days do not exist here: 1d is 24h).',
      };
    case 'prom-duration':
      if (parsePrometheusDuration(text) !== undefined) return undefined;
      return {
        why: `${shown} is not a duration.`,
        remedy: 'Write whole numbers with y, w, d, h, m, s or ms: 14d, 1h30m.',
      };
    case 'datasize':
      if (parseDatasize(text) !== undefined) return undefined;
      return {
        why: `${shown} is not a size.`,
        remedy: 'Write a whole number with KB, MB or GB (KiB does not exist here).',
      };
    case 'bytes':
      if (typeof node.value === 'number' || parseBase2Bytes(text) !== undefined) return undefined;
      return { why: `${shown} is not a size.`, remedy: 'Write a number with KB, MB or GB.' };
    case 'struct':
    case 'map':
      return text === '' ? undefined : wrongKind('a single value', 'keys and values');
    default:
      return undefined;
  }
}

function wrongKind(is: string, wanted: string): ValueFault {
  return { why: `it is ${is}, and ${wanted} must stand here.`, remedy: `Write ${wanted}; check the indentation.` };
}
