import { posix } from 'node:path';
import type { ConfigEntry, ConfigNode } from '../../config-node.ts';
import type { ConfigFile } from '../../facts.ts';
import type { Position } from '../../position.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import type { ReaderContext } from '../reader.ts';
import { engineWords, parseFlags } from '../shared/command-line.ts';
import { readYaml, resolvePath } from '../shared/container-files.ts';
import type { FindingList } from '../shared/findings.ts';
import { expandNode, mergeNodes } from './expansion.ts';

const PROGRAMS = [
  'otelcol',
  'otelcol-contrib',
  'otelcol-core',
  'otelcol-k8s',
  'otelcol-otlp',
  'otel-collector',
  'otelcontribcol',
  'otelcorecol',
];
const FLAGS = new Set(['config', 'set', 'feature-gates', 'version', 'v', 'help', 'h']);

export interface CollectorSources {
  readonly files: readonly ConfigFile[];
  /** All `--config` in order and all `--set`, merged and expanded. */
  readonly root: ConfigNode | undefined;
  readonly featureGates: readonly string[];
}

/**
 * Reads what `--config` names (`file:`, bare paths, `env:`, `yaml:`), in order, later ones over earlier ones, `--set`
 * over all.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/#location
 */
export function readSources(context: ReaderContext, findings: FindingList): CollectorSources {
  const programs = [...PROGRAMS, posix.basename(context.argv[0]?.text ?? '')].filter((name) => name !== 'sh');
  const words = engineWords(context.argv, programs);
  const line = parseFlags(words.slice(1), {
    style: 'pflag',
    isBoolean: (name) => ['version', 'v', 'help', 'h'].includes(name),
  });
  for (const flag of line.flags) {
    if (FLAGS.has(flag.name)) continue;
    const hint = flag.name.startsWith('metrics-') || flag.name.startsWith('log-');
    const remedy = hint ? 'Set it under service.telemetry.' : 'Remove the flag.';
    findings.error('CONFIG-FLAG', flag.at, `The Collector has no flag --${flag.name}, and refuses to start.`, remedy);
  }
  const files: ConfigFile[] = [];
  let root: ConfigNode | undefined;
  const add = (node: ConfigNode | undefined): void => {
    if (node !== undefined) root = root === undefined ? node : mergeNodes(root, node);
  };
  for (const flag of line.flags.filter(({ name }) => name === 'config')) {
    add(readLocation(flag.value, flag.at, context, findings, files));
  }
  if (root !== undefined) root = expandNode(root, context, findings);
  for (const flag of line.flags.filter(({ name }) => name === 'set')) {
    const cut = flag.value.indexOf('=');
    if (cut < 0) continue;
    add(nested(flag.value.slice(0, cut).split('.'), settingValue(flag.value.slice(cut + 1), flag.at), flag.at));
  }
  const featureGates = line.flags
    .filter(({ name }) => name === 'feature-gates')
    .flatMap(({ value }) => value.split(','));
  return { files, root, featureGates };
}

function readLocation(
  location: string,
  at: Position,
  context: ReaderContext,
  findings: FindingList,
  files: ConfigFile[],
): ConfigNode | undefined {
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]+):(.*)$/s.exec(location) ?? [undefined, 'file', location];
  if (scheme === 'yaml') return fromText(rest, at, true);
  if (scheme === 'env') {
    const text = context.environment[rest];
    if (text?.value !== undefined && text.value !== null) return fromText(text.value, text.at, false);
    findings.error(
      'CONFIG-FILE-MISSING',
      at,
      `The variable ${rest}, which should hold the configuration, is not set.`,
      `Set ${rest} under "environment" of the service.`,
    );
    return undefined;
  }
  if (scheme !== 'file') return undefined;
  const path = resolvePath(context.service.workingDir ?? '/', rest);
  const read = readYaml(context, path, findings, { what: 'configuration file', namedAt: at, yaml: 'v3' });
  if (read !== undefined) files.push(read.file);
  return read?.root;
}

/** `yaml:` shortens nested keys: `processors::batch::timeout: 2s`. */
function fromText(text: string, at: Position, shortened: boolean): ConfigNode | undefined {
  const { root } = parseYaml(shortened ? text.replaceAll('::', '\u0001') : text, at.file, {
    version: 'v3',
    startLine: at.line,
  });
  if (root?.kind !== 'map' || !shortened) return root;
  let merged: ConfigNode | undefined;
  for (const [key, entry] of root.entries) {
    const node = nested(key.split('\u0001'), entry.node, at);
    merged = merged === undefined ? node : mergeNodes(merged, node);
  }
  return merged;
}

function settingValue(text: string, at: Position): ConfigNode {
  const { root } = parseYaml(text, at.file, { version: 'v3' });
  return { ...(root ?? { kind: 'scalar', value: null, raw: '' }), at } as ConfigNode;
}

function nested(path: readonly string[], value: ConfigNode, at: Position): ConfigNode {
  return path.reduceRight<ConfigNode>(
    (node, key) => ({ kind: 'map', at, entries: new Map<string, ConfigEntry>([[key, { keyAt: at, node }]]) }),
    value,
  );
}
