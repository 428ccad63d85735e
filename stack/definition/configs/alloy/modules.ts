import type { ConfigFile } from '../../facts.ts';
import type { Position } from '../../position.ts';
import {
  type AlloyBlock,
  type AlloyExpression,
  type AlloyStatement,
  attributeOf,
  blockOf,
  blocksOf,
} from '../../syntax/alloy/ast.ts';
import { type AlloyEnvironment, evaluateAlloy } from '../../syntax/alloy/evaluate.ts';
import { parseAlloy } from '../../syntax/alloy/parser.ts';
import { type AlloyValue, listOf, scalar, textOf, unknown } from '../../syntax/alloy/values.ts';
import type { FindingList } from '../shared/findings.ts';

/** Blocks at the top level that are not components. */
export const CONFIG_BLOCKS: ReadonlySet<string> = new Set([
  'argument',
  'declare',
  'export',
  'foreach',
  'http',
  'import.file',
  'import.git',
  'import.http',
  'import.string',
  'livedebugging',
  'logging',
  'remotecfg',
  'tracing',
]);

/** One component of the running configuration; the ones inside custom components and loops included. */
export interface AlloyComponent {
  /** As Alloy names it, with the custom component or loop that it is in: `shop.eu/loki.write.default`. */
  readonly id: string;
  readonly type: string;
  readonly block: AlloyBlock;
  readonly scope: AlloyScope;
  /** Present for a custom component whose definition is known. */
  readonly inner?: AlloyScope;
}

export interface AlloyModuleReader {
  environment(name: string): string;
  readFile(containerPath: string): ConfigFile | undefined;
  readonly findings: FindingList;
}

/** A declared custom component, and the scope in which its own definition stands. */
interface Declaration {
  readonly block: AlloyBlock;
  readonly home: AlloyScope;
}

const DEEPEST = 12;

/**
 * The components of one file, one custom component or one loop, and how names in it are resolved.
 *
 * @see https://grafana.com/docs/alloy/latest/get-started/modules/
 */
export class AlloyScope {
  readonly components = new Map<string, AlloyComponent>();
  /** Every component here and below, by id. The same map in all scopes of a configuration. */
  readonly all: Map<string, AlloyComponent>;
  readonly body: readonly AlloyStatement[];
  /** Second components of one name, in file order. */
  readonly duplicates: { readonly block: AlloyBlock; readonly first: AlloyBlock }[] = [];
  /** Labels of modules that could not be followed: `import.git "x"`. */
  readonly opaque = new Set<string>();
  readonly #declarations = new Map<string, Declaration>();
  readonly #variables = new Map<string, AlloyValue>();
  readonly #reader: AlloyModuleReader;
  readonly #parent: AlloyScope | undefined;
  readonly #prefix: string;
  readonly #depth: number;
  /** True: names that are not here are looked up outside, as in a loop's template. */
  readonly #loop: boolean;
  readonly #environment: AlloyEnvironment;

  constructor(
    reader: AlloyModuleReader,
    body: readonly AlloyStatement[],
    parent?: AlloyScope,
    prefix = '',
    loop = false,
  ) {
    this.#reader = reader;
    this.#parent = parent;
    this.#prefix = prefix;
    this.#loop = loop;
    this.#depth = parent === undefined ? 0 : parent.#depth + 1;
    this.all = parent?.all ?? new Map();
    this.body = body;
    this.#environment = { environment: reader.environment, lookup: (path, at) => this.#lookup(path, at) };
  }

  /** Creates the components. Apart from the constructor, so that variables can be set before. */
  load(): this {
    for (const statement of this.body) if (statement.kind === 'block') this.#declare(statement);
    for (const statement of this.body) if (statement.kind === 'block') this.#add(statement);
    for (const component of this.components.values()) this.#instantiate(component);
    for (const loop of blocksOf(this.body, 'foreach')) this.#repeat(loop);
    return this;
  }

  setVariable(path: string, value: AlloyValue): void {
    this.#variables.set(path, value);
  }

  /** The value with every reference that resolves made absolute: its first name is the component's id. */
  evaluate(expression: AlloyExpression): AlloyValue {
    return this.#absolute(evaluateAlloy(expression, this.#environment), 0);
  }

  attribute(body: readonly AlloyStatement[], name: string): AlloyValue | undefined {
    const attribute = attributeOf(body, name);
    return attribute && this.evaluate(attribute.value);
  }

  text(body: readonly AlloyStatement[], name: string): string | undefined {
    return textOf(this.attribute(body, name));
  }

  /** The component that a path of names leads to; `opaque` where it leads into something that was not followed. */
  resolve(path: readonly string[]): { component: AlloyComponent; rest: readonly string[] } | 'opaque' | undefined {
    const [first = ''] = path;
    const absolute = first.includes('.') ? this.all.get(first) : undefined;
    if (absolute !== undefined) return { component: absolute, rest: path.slice(1) };
    for (let length = path.length; length > 0; length--) {
      const component = this.components.get(path.slice(0, length).join('.'));
      if (component !== undefined) return { component, rest: path.slice(length) };
    }
    if (this.opaque.has(first)) return 'opaque';
    return this.#loop ? this.#parent?.resolve(path) : undefined;
  }

  /** Whether the first name of a path is a variable of this scope rather than a component. */
  isVariable(name: string): boolean {
    if (name === 'argument' || name === 'module_path') return true;
    return this.#variables.has(name) || (this.#loop && this.#parent?.isVariable(name) === true);
  }

  isCustom(type: string): boolean {
    return this.#declaration(type) !== undefined;
  }

  isOpaque(type: string): boolean {
    const [first = ''] = type.split('.');
    return this.opaque.has(first) || (this.#parent?.isOpaque(type) ?? false);
  }

  #declaration(type: string): Declaration | undefined {
    const own = this.#declarations.get(type);
    if (own !== undefined || this.#parent === undefined) return own;
    return this.#parent.#declaration(type);
  }

  #declare(block: AlloyBlock): void {
    if (block.name === 'declare' && block.label !== undefined) {
      this.#declarations.set(block.label, { block, home: this });
    } else if (block.name.startsWith('import.') && block.label !== undefined) this.#import(block, block.label);
  }

  #import(block: AlloyBlock, label: string): void {
    const content = this.#depth < DEEPEST ? this.#moduleText(block) : undefined;
    if (content === undefined) {
      this.opaque.add(label);
      return;
    }
    const { body, problems } = parseAlloy(content.text, content.file);
    this.#reader.findings.take(problems);
    // Only declarations and imports may stand in a module that is imported.
    const module = new AlloyScope(this.#reader, body, this, `import.${label}/`);
    for (const statement of body) if (statement.kind === 'block') module.#declare(statement);
    for (const [name, declaration] of module.#declarations) this.#declarations.set(`${label}.${name}`, declaration);
  }

  #moduleText(block: AlloyBlock): { text: string; file: string } | undefined {
    if (block.name === 'import.string') {
      const text = this.text(block.body, 'content');
      return text === undefined ? undefined : { text, file: block.at.file };
    }
    const filename = block.name === 'import.file' ? this.text(block.body, 'filename') : undefined;
    const file = filename === undefined ? undefined : this.#reader.readFile(filename);
    return file && { text: file.text, file: file.file ?? file.containerPath };
  }

  #add(block: AlloyBlock): void {
    if (CONFIG_BLOCKS.has(block.name)) return;
    const name = block.label === undefined ? block.name : `${block.name}.${block.label}`;
    const first = this.components.get(name);
    if (first !== undefined) {
      this.duplicates.push({ block, first: first.block });
      return;
    }
    const component: AlloyComponent = { id: this.#prefix + name, type: block.name, block, scope: this };
    this.components.set(name, component);
    this.all.set(component.id, component);
  }

  #instantiate(component: AlloyComponent): void {
    const declaration = this.#declaration(component.type);
    if (declaration === undefined || this.#depth >= DEEPEST) return;
    const { block, home } = declaration;
    const inner = new AlloyScope(this.#reader, block.body, home, `${component.id}/`);
    for (const argument of blocksOf(block.body, 'argument')) {
      const given = argument.label === undefined ? undefined : attributeOf(component.block.body, argument.label);
      const fallback = attributeOf(argument.body, 'default');
      const value =
        given === undefined
          ? fallback === undefined
            ? scalar(argument.at, null)
            : inner.evaluate(fallback.value)
          : this.evaluate(given.value);
      inner.setVariable(`argument.${argument.label}.value`, value);
    }
    const replaced: AlloyComponent = { ...component, inner };
    this.components.set(component.id.slice(this.#prefix.length), replaced);
    this.all.set(component.id, replaced);
    inner.load();
  }

  #repeat(loop: AlloyBlock): void {
    const template = blockOf(loop.body, 'template');
    const name = this.text(loop.body, 'var');
    if (template === undefined || name === undefined || this.#depth >= DEEPEST) return;
    const collection = this.attribute(loop.body, 'collection');
    const items = listOf(collection);
    const known = collection?.kind === 'list' && items.every((item) => item.kind === 'scalar' || item.kind === 'map');
    const values = known ? items.slice(0, 100) : [unknown(loop.at, 'the collection of this foreach is not known')];
    for (const [index, value] of values.entries()) {
      const inner = new AlloyScope(
        this.#reader,
        template.body,
        this,
        `${this.#prefix}foreach.${loop.label ?? ''}/${index}/`,
        true,
      );
      inner.setVariable(name, value);
      inner.load();
    }
  }

  #lookup(path: readonly string[], at: Position): AlloyValue | undefined {
    for (let length = path.length; length > 0; length--) {
      const value = this.#variables.get(path.slice(0, length).join('.'));
      if (value !== undefined) return within(value, path.slice(length), at);
    }
    if (path[0] === 'argument' || path[0] === 'module_path')
      return unknown(at, 'it is known to the caller of the module only');
    return this.#loop && this.#parent !== undefined ? this.#parent.#lookup(path, at) : undefined;
  }

  #absolute(value: AlloyValue, depth: number): AlloyValue {
    if (value.kind === 'list') return { ...value, items: value.items.map((item) => this.#absolute(item, depth)) };
    if (value.kind === 'map') {
      return {
        ...value,
        fields: new Map([...value.fields].map(([key, field]) => [key, this.#absolute(field, depth)])),
      };
    }
    if (value.kind !== 'reference' || depth > DEEPEST) return value;
    const found = this.resolve(value.path);
    if (found === undefined) return value;
    if (found === 'opaque') return unknown(value.at, 'it comes from a module that is not followed');
    const { component, rest } = found;
    if (component.inner !== undefined) {
      const exported = blocksOf(component.inner.body, 'export').find((block) => block.label === rest[0]);
      const expression = exported && attributeOf(exported.body, 'value');
      if (expression === undefined) return unknown(value.at, `"${component.type}" does not export it`);
      const inner = within(component.inner.evaluate(expression.value), rest.slice(1), value.at);
      return component.inner.#absolute(inner, depth + 1);
    }
    const content =
      rest[0] === 'content' && component.type === 'local.file' ? component.scope.#contentOf(component) : undefined;
    return content ?? { kind: 'reference', at: value.at, path: [component.id, ...rest] };
  }

  #contentOf(component: AlloyComponent): AlloyValue | undefined {
    const filename = this.text(component.block.body, 'filename');
    const file = filename === undefined ? undefined : this.#reader.readFile(filename);
    return file && scalar(component.block.at, file.text);
  }
}

function within(value: AlloyValue, rest: readonly string[], at: Position): AlloyValue {
  let found = value;
  for (const name of rest) {
    if (found.kind === 'reference') return { ...found, path: [...found.path, ...rest] };
    const next =
      found.kind === 'map' ? found.fields.get(name) : found.kind === 'list' ? found.items[Number(name)] : undefined;
    if (next === undefined) return unknown(at, `"${name}" in it is not known`);
    found = next;
  }
  return found;
}
