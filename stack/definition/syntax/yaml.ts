import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseAllDocuments } from 'yaml';
import type { ConfigEntry, ConfigMap, ConfigNode, ConfigScalar } from '../config-node.ts';
import type { Finding, Position } from '../position.ts';
import { resolvePlain, resolveTagged, type YamlVersion } from './scalars.ts';

export interface YamlOptions {
  /** Default `v3`. */
  readonly version?: YamlVersion;
  /** Position of the first character of the text, for content that stands inside another file. Default line 1. */
  readonly startLine?: number;
}

export interface YamlResult {
  /** Undefined for an empty document, or where nothing could be made of it. */
  readonly root: ConfigNode | undefined;
  /** Syntax errors, duplicate keys, unknown aliases: ids `CONFIG-YAML-…`. */
  readonly problems: readonly Finding[];
}

/**
 * Parses one YAML document into nodes with positions; anchors, aliases and merge keys (`<<`, not in 1.2) resolved.
 * A node that came through an alias keeps the position at which it is written. Never throws on bad input.
 * A second document in the file is a problem: use {@link parseYamlDocuments} where several are meant.
 *
 * @see https://yaml.org/spec/1.2.2/ and https://yaml.org/type/merge.html
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): YamlResult {
  const { roots, problems } = parseYamlDocuments(text, file, options);
  const second = roots[1];
  if (second === undefined) return { root: roots[0], problems };
  const extra: Finding = {
    id: 'CONFIG-YAML-DOCUMENTS',
    severity: 'warning',
    at: second.at,
    message: `${file} holds ${roots.length} YAML documents, and only the first is read.`,
    remedy: 'Remove the `---` line, or put the other documents into files of their own.',
  };
  return { root: roots[0], problems: [...problems, extra] };
}

/** As {@link parseYaml}, for a file of several documents. Empty documents are left out. */
export function parseYamlDocuments(
  text: string,
  file: string,
  options: YamlOptions = {},
): { roots: readonly ConfigNode[]; problems: readonly Finding[] } {
  const version = options.version ?? 'v3';
  const lines = new LineCounter();
  const firstLine = options.startLine ?? 1;
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  // The failsafe schema leaves every scalar its text: typing is ours, since it differs from engine to engine.
  const documents = parseAllDocuments(source, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    keepSourceTokens: false,
    logLevel: 'silent',
  });
  const reader = new DocumentReader(version, (offset) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) };
  });
  const roots: ConfigNode[] = [];
  if (Array.isArray(documents)) {
    for (const document of documents) {
      const root = reader.read(document);
      if (root !== undefined) roots.push(root);
    }
  }
  return { roots, problems: reader.problems };
}

const CORE_TAG = 'tag:yaml.org,2002:';

class DocumentReader {
  readonly problems: Finding[] = [];
  private readonly version: YamlVersion;
  private readonly positionOf: (offset: number) => Position;
  private readonly anchors = new Map<string, ConfigNode>();
  /** Anchors whose node is not finished: an alias to one of them would never end. */
  private readonly open = new Set<string>();

  constructor(version: YamlVersion, positionOf: (offset: number) => Position) {
    this.version = version;
    this.positionOf = positionOf;
  }

  read(document: Document.Parsed): ConfigNode | undefined {
    this.anchors.clear();
    this.open.clear();
    const [error] = document.errors;
    if (error !== undefined) {
      // What follows the first error is mostly its echo.
      const { words, remedy } = explain(error.code, error.message);
      this.report('CONFIG-YAML-SYNTAX', error.pos[0], words, remedy);
    }
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.source === '' && contents.type === 'PLAIN')) {
      return undefined;
    }
    return this.node(contents);
  }

  private report(id: string, where: number | Position, message: string, remedy: string): void {
    const at = typeof where === 'number' ? this.positionOf(where) : where;
    this.problems.push({ id, severity: 'error', at, message, remedy });
  }

  private node(parsed: ParsedNode): ConfigNode {
    if (isAlias(parsed)) return this.alias(parsed.source, parsed.range[0]);
    const { anchor } = parsed;
    if (anchor !== undefined) this.open.add(anchor);
    const node = this.content(parsed);
    if (anchor !== undefined) {
      this.open.delete(anchor);
      this.anchors.set(anchor, node);
    }
    return node;
  }

  private alias(name: string, offset: number): ConfigNode {
    const target = this.anchors.get(name);
    if (target !== undefined && !this.open.has(name)) return target;
    const inside = this.open.has(name);
    this.report(
      'CONFIG-YAML-ALIAS',
      offset,
      inside
        ? `The alias *${name} stands inside its own anchor &${name}.`
        : `The alias *${name} has no anchor before it.`,
      inside
        ? 'Move the anchor to a node that does not contain the alias.'
        : `Write &${name} at the node that is meant, above this line.`,
    );
    return { kind: 'scalar', at: this.positionOf(offset), value: null, raw: '' };
  }

  private content(parsed: Exclude<ParsedNode, { source: string; type?: never }>): ConfigNode {
    const at = this.positionOf(parsed.range[0]);
    const tag = parsed.tag?.startsWith('!') ? { tag: parsed.tag } : {};
    if (isMap(parsed)) return { ...this.map(parsed, at), ...tag };
    if (isSeq(parsed)) {
      const items = parsed.items.map((item) => this.node(item as ParsedNode));
      return { kind: 'list', at, items, ...tag };
    }
    if (isScalar(parsed)) return { ...this.scalar(parsed, at), ...tag };
    return { kind: 'scalar', at, value: null, raw: '' };
  }

  private scalar(parsed: { source?: string; value: unknown; type?: string; tag?: string }, at: Position): ConfigScalar {
    const raw = parsed.source ?? String(parsed.value ?? '');
    const style = styleOf(parsed.type);
    if (parsed.tag?.startsWith(CORE_TAG)) {
      const tag = parsed.tag.slice(CORE_TAG.length);
      const value = resolveTagged(raw, tag, this.version);
      if (value !== undefined) return { kind: 'scalar', at, value, raw, style };
      this.report(
        'CONFIG-YAML-TAG',
        at,
        `"${raw}" cannot be read as !!${tag}.`,
        `Write a value of that type, or remove the !!${tag}.`,
      );
    }
    const value = style === 'plain' ? resolvePlain(raw, this.version) : raw;
    return { kind: 'scalar', at, value, raw, style };
  }

  private map(parsed: { items: readonly { key: unknown; value: unknown }[] }, at: Position): ConfigMap {
    const entries = new Map<string, ConfigEntry>();
    const merged = new Set<string>();
    for (const pair of parsed.items) {
      const keyNode = pair.key as ParsedNode;
      const keyAt = keyNode?.range ? this.positionOf(keyNode.range[0]) : at;
      const key = keyNode === null || keyNode === undefined ? '' : this.node(keyNode);
      const value: ConfigNode =
        pair.value === null || pair.value === undefined
          ? { kind: 'scalar', at: keyAt, value: null, raw: '', style: 'plain' }
          : this.node(pair.value as ParsedNode);
      if (key !== '' && key.kind !== 'scalar') {
        this.report(
          'CONFIG-YAML-KEY',
          keyAt,
          `A ${key.kind} cannot be a key.`,
          'Quote the key, or quote a `{{ … }}` template.',
        );
        continue;
      }
      const name = key === '' ? '' : key.raw;
      if (name === '<<' && this.version !== '1.2' && (key === '' || key.style === 'plain')) {
        this.merge(entries, merged, value);
        continue;
      }
      const earlier = entries.get(name);
      if (earlier !== undefined && !merged.has(name)) {
        this.report(
          'CONFIG-YAML-DUPLICATE-KEY',
          keyAt,
          `The key "${name}" stands twice in this map; the first is in line ${earlier.keyAt.line}.`,
          'Remove one of the two, or join what they hold.',
        );
      }
      merged.delete(name);
      entries.set(name, { keyAt, node: value });
    }
    return { kind: 'map', at, entries };
  }

  /** Keys of the map itself win over merged ones wherever they stand; of several sources the first wins. */
  private merge(entries: Map<string, ConfigEntry>, merged: Set<string>, source: ConfigNode): void {
    if (source.kind === 'list') {
      for (const item of source.items) this.merge(entries, merged, item);
    } else if (source.kind === 'map') {
      for (const [key, entry] of source.entries) {
        if (entries.has(key)) continue;
        entries.set(key, entry);
        merged.add(key);
      }
    } else {
      this.report(
        'CONFIG-YAML-MERGE',
        source.at,
        '`<<` can merge maps only.',
        'Give it an alias of a map, or a list of such aliases.',
      );
    }
  }
}

function styleOf(type: string | undefined): 'plain' | 'quoted' | 'block' {
  if (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') return 'block';
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 'quoted' : 'plain';
}

const REMEDIES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Indent the line like its siblings.',
  BLOCK_AS_IMPLICIT_KEY: 'Check the indentation of this line, and quote a value that holds `: `.',
  MULTILINE_IMPLICIT_KEY: 'Check for a missing colon after the key, or a line that is not indented enough.',
  MISSING_CHAR: 'Close the quote or the bracket, or add what is missing.',
  UNEXPECTED_TOKEN: 'Check the indentation, and quote values that hold special characters.',
  BAD_DQ_ESCAPE: 'Use single quotes, or double the backslash.',
  BAD_SCALAR_START: 'Quote the value: it begins with a character that YAML keeps for itself.',
};

function explain(code: string, message: string): { words: string; remedy: string } {
  const words = `This is not valid YAML: ${message.replace(/\.?$/, '.')}`;
  return { words, remedy: REMEDIES[code] ?? 'Correct the line; an editor with a YAML mode shows the place.' };
}
