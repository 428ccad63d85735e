import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigNode, nodeAt } from '../config-node.ts';
import { InputError, type Position } from '../position.ts';
import type { AcceptedFailure, CredentialSettings, ServiceSettings, TelltaleSettings } from '../settings.ts';
import { parseYaml } from '../syntax/yaml.ts';
import { validateSettings } from './validate.ts';

/** In the order of preference; two of them at once are refused. */
const FILE_NAMES = ['telltale.yaml', 'telltale.yml'];

/** The settings of a stack that has no `telltale.yaml`. */
export const NO_SETTINGS: TelltaleSettings = { services: {}, budgets: {}, caseDirs: [], accept: [] };

/**
 * Reads `telltale.yaml` beside the compose file.
 *
 * @param directory Absolute path of the stack.
 * @throws InputError where the file is no YAML, does not keep to its schema, or stands there twice.
 */
export function readSettings(directory: string): TelltaleSettings {
  const present = FILE_NAMES.filter((name) => existsSync(join(directory, name)));
  const [file, second] = present;
  if (file === undefined) return NO_SETTINGS;
  if (second !== undefined) {
    throw new InputError(`${file} and ${second} are both there, and only one can be meant.`, {
      at: { file: second, line: 1, column: 1 },
      remedy: `Join them into ${file} and remove ${second}.`,
    });
  }
  const { root, problems } = parseYaml(readFileSync(join(directory, file), 'utf8'), file);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new InputError(problem.message, {
      at: problem.at ?? { file, line: 1, column: 1 },
      remedy: problem.remedy,
    });
  }
  if (root === undefined) return { ...NO_SETTINGS, file };
  const value = plain(root);
  const [fault, ...more] = validateSettings(value, root);
  if (fault !== undefined) {
    const rest = more.length === 0 ? '' : ` ${more.map((one) => `${position(one.at)}: ${one.message}`).join(' ')}`;
    throw new InputError(`${fault.message}${rest === '' ? '' : ` Also,${rest}`}`, {
      at: fault.at,
      remedy: fault.remedy,
    });
  }
  return toSettings(value as RawSettings, root, file);
}

/** What the schema lets through. */
interface RawSettings {
  readonly composeFiles?: string[];
  readonly profiles?: string[];
  readonly services?: Record<string, RawService>;
  readonly budgets?: Record<string, number>;
  readonly caseDirs?: string[];
  readonly accept?: Omit<AcceptedFailure, 'at'>[];
}

type RawService = Omit<ServiceSettings, 'at' | 'endpoints' | 'tenants' | 'ignore'> & {
  readonly endpoints?: Record<string, string>;
  readonly tenants?: string[];
  readonly credentials?: CredentialSettings;
  readonly ignore?: boolean;
};

function toSettings(raw: RawSettings, root: ConfigNode, file: string): TelltaleSettings {
  const services = Object.entries(raw.services ?? {}).map(([name, service]): [string, ServiceSettings] => {
    const at = positionOfKey(nodeAt(root, 'services'), name) ?? root.at;
    return [
      name,
      { endpoints: {}, tenants: [], ignore: false, ...service, ...withoutV(service.version), at } as ServiceSettings,
    ];
  });
  return {
    file,
    ...(raw.composeFiles === undefined ? {} : { composeFiles: raw.composeFiles }),
    ...(raw.profiles === undefined ? {} : { profiles: raw.profiles }),
    services: Object.fromEntries(services),
    budgets: raw.budgets ?? {},
    caseDirs: raw.caseDirs ?? [],
    accept: (raw.accept ?? []).map((one, index) => ({ ...one, at: nodeAt(root, 'accept', index)?.at ?? root.at })),
  };
}

function withoutV(version: string | undefined): { version?: string } {
  return version === undefined ? {} : { version: version.replace(/^v/, '') };
}

function positionOfKey(node: ConfigNode | undefined, key: string): Position | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.keyAt : undefined;
}

/** Plain values, but texts stay texts (`version: 3.10` is no number), and an empty list or map may be left unsaid. */
function plain(node: ConfigNode, key = '', parent = ''): unknown {
  if (node.kind === 'list') return node.items.map((item) => plain(item, TEXTS.has(key) ? key : '', key));
  if (node.kind === 'map') {
    return Object.fromEntries([...node.entries].map(([name, entry]) => [name, plain(entry.node, name, key)]));
  }
  if (node.value !== null) return TEXTS.has(key) ? node.raw : node.value;
  if (LISTS.has(key)) return [];
  return MAPS.has(key) || parent === 'services' ? {} : null;
}

const TEXTS = new Set(['version', 'tenants', 'until', 'id', 'subject', 'column', 'reason', 'profiles']);
const LISTS = new Set(['profiles', 'caseDirs', 'accept', 'tenants']);
const MAPS = new Set(['services', 'budgets', 'endpoints', 'credentials']);

function position(at: Position): string {
  return `line ${at.line}`;
}
