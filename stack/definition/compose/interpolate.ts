import type { ConfigMap, ConfigNode, ConfigScalar } from '../config-node.ts';
import type { Position } from '../position.ts';
import { type Lookup, substitute, TemplateError } from './template.ts';
import { formatPath, mapValues, matches, type Path, refuse } from './tree.ts';
import { parseBoolean } from './units.ts';

type Cast = 'integer' | 'number' | 'boolean';

/** Where compose turns a string, interpolated or not, into another type. */
const CASTS: readonly (readonly [Cast, readonly string[]])[] = [
  [
    'integer',
    [
      ...['cpu_count', 'cpu_period', 'cpu_quota', 'cpu_rt_period', 'cpu_rt_runtime', 'cpu_shares', 'oom_score_adj'],
      ...['pids_limit', 'scale', 'deploy.replicas', 'deploy.update_config.parallelism', 'healthcheck.retries'],
      ...['deploy.rollback_config.parallelism', 'deploy.restart_policy.max_attempts', 'ports.[].target', 'ulimits.*'],
      ...['deploy.placement.max_replicas_per_node', 'ulimits.*.hard', 'ulimits.*.soft'],
    ].map((key) => `services.*.${key}`),
  ],
  [
    'number',
    ['cpu_percent', 'cpus', 'deploy.update_config.max_failure_ratio', 'deploy.rollback_config.max_failure_ratio'].map(
      (key) => `services.*.${key}`,
    ),
  ],
  [
    'boolean',
    [
      ...['init', 'healthcheck.disable', 'oom_kill_disable', 'privileged', 'read_only', 'stdin_open', 'tty'].map(
        (key) => `services.*.${key}`,
      ),
      'services.*.volumes.[].read_only',
      'services.*.volumes.[].volume.nocopy',
      ...['external', 'internal', 'attachable', 'enable_ipv4', 'enable_ipv6'].map((key) => `networks.*.${key}`),
      ...['volumes', 'secrets', 'configs'].map((section) => `${section}.*.external`),
    ],
  ],
];

/** Is told of every plain `${VAR}` that has no value, and where it stands. */
export type UnsetListener = (name: string, at: Position) => void;

/**
 * Replaces the variables in every string value of a compose file; keys stay as they are.
 * Each scalar keeps its place, and in `raw` its text from before.
 *
 * @throws InputError where a required variable is missing or a form is not known
 */
export function interpolate(root: ConfigMap, lookup: Lookup, unset: UnsetListener): ConfigMap {
  const visit = (node: ConfigNode, path: Path): ConfigNode => {
    if (node.kind === 'map') return mapValues(node, (value, key) => visit(value, [...path, key]));
    if (node.kind === 'list') return { ...node, items: node.items.map((item) => visit(item, [...path, '[]'])) };
    if (typeof node.value !== 'string') return node;
    return interpolateScalar(node, node.value, path, lookup, unset);
  };
  return mapValues(root, (value, key) => visit(value, [key]));
}

/** One string, at one place; see {@link interpolate}. */
export function interpolateText(
  text: string,
  at: Position,
  lookup: Lookup,
  unset: UnsetListener,
  where: string,
): string {
  if (!text.includes('$')) return text;
  try {
    return substitute(text, lookup, (name) => unset(name, at));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    if (error.variable !== undefined) {
      return refuse(
        `${error.message} (wanted by ${where}).`,
        at,
        `Set ${error.variable} in the environment, or in the file .env beside the compose file.`,
      );
    }
    return refuse(`${error.message} (in ${where}).`, at, 'Write $$ for a dollar sign that means itself.');
  }
}

function interpolateScalar(
  node: ConfigScalar,
  text: string,
  path: Path,
  lookup: Lookup,
  unset: UnsetListener,
): ConfigScalar {
  const value = interpolateText(text, node.at, lookup, unset, formatPath(path));
  const cast = CASTS.find(([, patterns]) => patterns.some((pattern) => matches(path, pattern)))?.[0];
  if (cast === undefined) return value === text ? node : { ...node, value };
  const typed = castTo(cast, value);
  if (typed === undefined) {
    const article = cast === 'integer' ? 'an' : 'a';
    refuse(`${formatPath(path)} must be ${article} ${cast}, and is "${value}".`, node.at, `Write ${article} ${cast}.`);
  }
  return { ...node, value: typed };
}

function castTo(cast: Cast, text: string): number | boolean | undefined {
  if (cast === 'boolean') return parseBoolean(text);
  const pattern = cast === 'integer' ? /^[-+]?[0-9]+$/ : /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/;
  return pattern.test(text) ? Number(text) : undefined;
}
