import { type ConfigNode, nodeAt } from '../../config-node.ts';
import type { Position, Setting } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { engineWords, type FlagUse, parseFlags } from '../shared/command-line.ts';
import { type ReadFile, readYaml, resolvePath, wordOrigin } from '../shared/container-files.ts';
import { parseGoDuration, parsePrometheusDuration } from '../shared/durations.ts';
import { mapSetting } from '../shared/facts-builder.ts';
import { didYouMean, type FindingList } from '../shared/findings.ts';
import { type KeyRegister, parseKeyTable } from '../shared/key-table.ts';
import { parseDatasize } from '../shared/sizes.ts';
import { isNewerMinor } from '../shared/versions.ts';
import { LOKI_KEYS, LOKI_TABLE_VERSION } from './keys-3-7.ts';

/** Flags that set no key of the configuration. */
const OTHER_FLAGS = new Set(
  `version help h config.file config.expand-env verify-config print-config-stderr log-config-reverse-order list-targets
  schema-config-file bloom.cache-list-ops compactor.allow-deletes distributor.remote-timeout
  frontend.support-parquet-encoding memberlist.transport-debug pattern-ingester.client.healthcheck-timeout
  ruler.client-timeout ruler.group-timeout ruler.num-workers server.throughput.latency-cutoff
  server.throughput.unit store.chunks-cache.cache-stubs`.split(/\s+/),
);
const OTHER_BOOLEANS = new Set(
  `version help h config.expand-env verify-config print-config-stderr log-config-reverse-order list-targets
  bloom.cache-list-ops compactor.allow-deletes memberlist.transport-debug frontend.support-parquet-encoding
  store.chunks-cache.cache-stubs`.split(/\s+/),
);

let register: KeyRegister | undefined;

/** Loki's keys, flags, types and defaults. */
export function lokiKeys(): KeyRegister {
  register ??= parseKeyTable(LOKI_KEYS);
  return register;
}

type Scalar = string | number | boolean | null;

/** Loki's configuration in force: defaults under the file under the flags. */
export class LokiConfig {
  readonly file: ReadFile | undefined;
  readonly root: ConfigNode | undefined;
  readonly workingDir: string;
  private readonly flags: ReadonlyMap<string, FlagUse>;

  constructor(context: ReaderContext, findings: FindingList) {
    const words = engineWords(context.argv, ['loki']);
    const { byFlag, keys } = lokiKeys();
    const isBoolean = (name: string): boolean =>
      OTHER_BOOLEANS.has(name) || keys.get(byFlag.get(name) ?? '')?.type === 'bool';
    const line = parseFlags(words.slice(1), { style: 'go', isBoolean });
    this.workingDir = context.service.workingDir ?? '/';
    const newer = isNewerMinor(context.version, LOKI_TABLE_VERSION);
    for (const flag of line.flags) {
      if (byFlag.has(flag.name) || OTHER_FLAGS.has(flag.name) || newer || context.version.startsWith('2.')) continue;
      const meant = didYouMean(flag.name, [...byFlag.keys(), ...OTHER_FLAGS]);
      findings.error(
        'CONFIG-FLAG',
        flag.at,
        `Loki has no flag -${flag.name}, and refuses to start.`,
        meant === undefined ? 'Remove the flag.' : `Did you mean -${meant}?`,
      );
    }
    for (const word of line.positional) {
      findings.warning(
        'CONFIG-FLAG',
        word.at,
        `Loki reads no flag from "${word.text}" on.`,
        'Write it as -name=value.',
      );
    }
    this.flags = new Map(line.flags.map((flag) => [flag.name, flag]));
    const expand = this.flags.get('config.expand-env')?.value === 'true';
    this.file = this.readFirst(context, findings, expand);
    this.root = this.file?.root;
    if (!expand && this.file !== undefined) reportUnexpanded(this.file, findings);
  }

  /** The value of a key in force, or undefined where neither file nor flag sets it and its default is not kept. */
  setting(path: string): Setting<Scalar> | undefined {
    const info = lokiKeys().keys.get(path);
    const flag = info?.flag === undefined ? undefined : this.flags.get(info.flag);
    if (flag !== undefined) return { key: `-${flag.name}`, value: flag.value, ...wordOrigin(flag.at) };
    const node = this.node(path);
    if (node?.kind === 'scalar' && node.value !== null) {
      return { key: path, value: node.value, from: this.file?.originOf(node) ?? 'file', at: node.at };
    }
    return info?.fallback === undefined ? undefined : { key: path, value: info.fallback, from: 'default' };
  }

  node(path: string): ConfigNode | undefined {
    return nodeAt(this.root, ...path.split('.'));
  }

  text(path: string): Setting<string> | undefined {
    return mapSetting(this.setting(path), String);
  }

  bool(path: string, fallback = false): Setting<boolean> {
    const found = mapSetting(this.setting(path), (value) => ['true', 't', '1'].includes(String(value).toLowerCase()));
    return found ?? { key: path, value: fallback, from: 'default' };
  }

  /** Any number: durations in milliseconds, sizes in bytes. */
  number(path: string): Setting<number> | undefined {
    return mapSetting(this.setting(path), (value) => lokiNumber(path, String(value)));
  }

  /** Whether any flag of the command line begins so. */
  mentionsFlag(prefix: string): boolean {
    return [...this.flags.keys()].some(
      (name) => name.startsWith(prefix) || name.startsWith(`common.storage.${prefix}`),
    );
  }

  /** Where the file says something of a key or of the nearest section above it. */
  place(path: string): Position | undefined {
    const parts = path.split('.');
    for (let length = parts.length; length > 0; length--) {
      const node = this.node(parts.slice(0, length).join('.'));
      if (node !== undefined) return node.at;
    }
    return this.root?.at ?? this.flags.get('config.file')?.at;
  }

  /** Whether this process runs one of the modules, or everything. */
  runs(...modules: readonly string[]): boolean {
    const node = this.node('target');
    const listed =
      node?.kind === 'list' ? node.items.map((item) => (item.kind === 'scalar' ? String(item.value) : '')) : [];
    const targets =
      this.flags.has('target') || listed.length === 0 ? (this.text('target')?.value ?? 'all').split(',') : listed;
    return targets.some((target) => target.trim() === 'all' || modules.includes(target.trim()));
  }

  private readFirst(context: ReaderContext, findings: FindingList, expand: boolean): ReadFile | undefined {
    const flag = this.flags.get('config.file');
    const paths = (flag?.value ?? 'config.yaml,config/config.yaml')
      .split(',')
      .map((path) => resolvePath(this.workingDir, path.trim()));
    const path = paths.find((candidate) => context.readFile(candidate) !== undefined) ?? paths[0];
    if (path === undefined) return undefined;
    return readYaml(context, path, findings, {
      what: 'configuration file',
      yaml: 'v2',
      expand,
      ...(flag === undefined ? {} : { namedAt: flag.at }),
    });
  }
}

/** A number as the key's type reads it: milliseconds for durations, bytes for sizes. */
export function lokiNumber(path: string, text: string): number | undefined {
  switch (lokiKeys().keys.get(path)?.type) {
    case 'go-duration':
      return parseGoDuration(text);
    case 'prom-duration':
      return parsePrometheusDuration(text);
    case 'datasize':
      return parseDatasize(text);
    default: {
      const value = Number(text);
      return text === '' || Number.isNaN(value) ? undefined : value;
    }
  }
}

function reportUnexpanded(read: ReadFile, findings: FindingList): void {
  const visit = (node: ConfigNode): void => {
    if (node.kind === 'list') node.items.forEach(visit);
    else if (node.kind === 'map') for (const entry of node.entries.values()) visit(entry.node);
    else if (/^\$\{\w+(:[-=?+].*)?\}$/.test(node.raw)) {
      findings.warning(
        'CONFIG-NOT-EXPANDED',
        node.at,
        `"${node.raw}" is taken as it stands: Loki expands variables only with -config.expand-env=true.`,
        'Add -config.expand-env=true to the command.',
      );
    }
  };
  if (read.root !== undefined) visit(read.root);
}
