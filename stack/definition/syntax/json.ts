import type { ConfigEntry, ConfigNode } from '../config-node.ts';
import type { Finding, Position } from '../position.ts';
import type { YamlResult } from './yaml.ts';

/**
 * Parses JSON into the same nodes as {@link parseYaml}, with positions. Stricter than YAML, as Go's `encoding/json` is:
 * no comments, no trailing commas, no single quotes. A key that stands twice is a warning, since the last one wins there.
 * Never throws on bad input; on a syntax error `root` holds what stands before it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseJson(text: string, file: string): YamlResult {
  const reader = new JsonReader(text.startsWith('\uFEFF') ? text.slice(1) : text, file);
  return { root: reader.document(), problems: reader.problems };
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const WORD = /[A-Za-z]+/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const MAX_DEPTH = 1000;

class JsonReader {
  readonly problems: Finding[] = [];
  private readonly text: string;
  private readonly file: string;
  private offset = 0;
  private line = 1;
  private lineStart = 0;
  private failed = false;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  document(): ConfigNode | undefined {
    this.skipSpace();
    if (this.offset === this.text.length) return undefined;
    const root = this.value(0);
    this.skipSpace();
    if (!this.failed && this.offset < this.text.length) this.fail('text after the end of the value');
    return root;
  }

  private position(): Position {
    return { file: this.file, line: this.line, column: this.offset - this.lineStart + 1 };
  }

  private skipSpace(): void {
    for (; ; this.offset++) {
      const code = this.text.charCodeAt(this.offset);
      if (code === 0x0a) {
        this.line++;
        this.lineStart = this.offset + 1;
      } else if (code !== 0x20 && code !== 0x09 && code !== 0x0d) return;
    }
  }

  private fail(what: string): undefined {
    if (!this.failed) {
      this.problems.push({
        id: 'CONFIG-JSON-SYNTAX',
        severity: 'error',
        at: this.position(),
        message: `This is not valid JSON: ${what}.`,
        remedy: 'Correct the line; JSON knows no comments, no trailing commas and double quotes only.',
      });
    }
    this.failed = true;
    return undefined;
  }

  private found(): string {
    const char = this.text[this.offset];
    return char === undefined ? 'the end of the file' : JSON.stringify(char);
  }

  private value(depth: number): ConfigNode | undefined {
    const at = this.position();
    const char = this.text[this.offset];
    if (depth > MAX_DEPTH) return this.fail('nested too deeply');
    if (char === '{') return this.object(at, depth);
    if (char === '[') return this.array(at, depth);
    if (char === '"') {
      const value = this.string();
      return value === undefined ? undefined : { kind: 'scalar', at, value, raw: value, style: 'quoted' };
    }
    WORD.lastIndex = this.offset;
    const word = WORD.exec(this.text)?.[0];
    if (word !== undefined) {
      const value = WORDS[word];
      if (value === undefined) return this.fail(`the word ${word} means nothing there`);
      this.offset += word.length;
      return { kind: 'scalar', at, value, raw: word, style: 'plain' };
    }
    NUMBER.lastIndex = this.offset;
    const number = NUMBER.exec(this.text)?.[0];
    if (number === undefined) return this.fail(`a value was expected, found ${this.found()}`);
    this.offset += number.length;
    return { kind: 'scalar', at, value: Number(number), raw: number, style: 'plain' };
  }

  private object(at: Position, depth: number): ConfigNode {
    const entries = new Map<string, ConfigEntry>();
    this.sequence('}', () => {
      const keyAt = this.position();
      if (this.text[this.offset] !== '"')
        return this.fail(`a key in double quotes was expected, found ${this.found()}`);
      const key = this.string();
      if (key === undefined) return;
      this.skipSpace();
      if (this.text[this.offset] !== ':') return this.fail(`a colon was expected, found ${this.found()}`);
      this.offset++;
      this.skipSpace();
      const node = this.value(depth + 1);
      const earlier = entries.get(key);
      if (earlier !== undefined) this.duplicate(key, keyAt, earlier.keyAt);
      if (node !== undefined) entries.set(key, { keyAt, node });
    });
    return { kind: 'map', at, entries };
  }

  private array(at: Position, depth: number): ConfigNode {
    const items: ConfigNode[] = [];
    this.sequence(']', () => {
      const item = this.value(depth + 1);
      if (item !== undefined) items.push(item);
    });
    return { kind: 'list', at, items };
  }

  private sequence(end: '}' | ']', element: () => void): void {
    this.offset++;
    this.skipSpace();
    if (this.text[this.offset] === end) {
      this.offset++;
      return;
    }
    while (!this.failed) {
      element();
      if (this.failed) return;
      this.skipSpace();
      const char = this.text[this.offset];
      if (char === end) {
        this.offset++;
        return;
      }
      if (char !== ',') {
        this.fail(`a comma or ${end} was expected, found ${this.found()}`);
        return;
      }
      this.offset++;
      this.skipSpace();
    }
  }

  private string(): string | undefined {
    let end = this.offset + 1;
    for (; ; end++) {
      const code = this.text.charCodeAt(end);
      if (code === 0x22) break;
      if (code === 0x5c) end++;
      else if (Number.isNaN(code) || code < 0x20) return this.fail('a string does not end');
    }
    const literal = this.text.slice(this.offset, end + 1);
    try {
      const value: unknown = literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
      this.offset = end + 1;
      return String(value);
    } catch {
      return this.fail('a string holds an escape that JSON does not know');
    }
  }

  private duplicate(key: string, at: Position, earlier: Position): void {
    this.problems.push({
      id: 'CONFIG-JSON-DUPLICATE-KEY',
      severity: 'warning',
      at,
      message: `The key "${key}" stands twice in this object; the first, in line ${earlier.line}, has no effect.`,
      remedy: 'Remove one of the two.',
    });
  }
}
