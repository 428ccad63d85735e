import { basename } from 'node:path';
import type { Position } from '../../position.ts';
import type { CommandWord } from '../../types.ts';

/** One use of a flag on a command line. */
export interface FlagUse {
  /** Without dashes and without kingpin's `no-`. */
  readonly name: string;
  /** `true` and `false` for booleans given without a value. */
  readonly value: string;
  readonly at: Position;
  /** As written, for messages: `--no-web.enable-lifecycle`. */
  readonly written: string;
}

export interface CommandLine {
  readonly flags: readonly FlagUse[];
  readonly positional: readonly CommandWord[];
}

/**
 * How the flags of a program are read.
 * - `go`: the standard library (Loki, Tempo, Pyroscope): one or two dashes, reading stops at the first other word.
 * - `kingpin`: Prometheus, Alertmanager, Pushgateway: two dashes, `--no-x`, other words in between.
 * - `pflag`: Collector, Alloy, Grafana: two dashes, single letters with one.
 */
export interface FlagStyle {
  readonly style: 'go' | 'kingpin' | 'pflag';
  /** Whether a flag takes no value in a word of its own. */
  isBoolean(name: string): boolean;
}

/** Takes the words after the program (and subcommand) apart. Never fails: a flag without its value has the value ''. */
export function parseFlags(words: readonly CommandWord[], style: FlagStyle): CommandLine {
  const flags: FlagUse[] = [];
  const positional: CommandWord[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const match = flagPattern(style).exec(word.text);
    if (word.text === '--') {
      positional.push(...words.slice(index + 1));
      break;
    }
    if (match === null) {
      if (style.style === 'go') {
        positional.push(...words.slice(index));
        break;
      }
      positional.push(word);
      continue;
    }
    const written = match[1] ?? match[3] ?? '';
    const given = match[2];
    const negated = style.style === 'kingpin' && written.startsWith('no-') && style.isBoolean(written.slice(3));
    const name = negated ? written.slice(3) : written;
    let value = given;
    if (value === undefined) {
      if (style.isBoolean(name)) value = negated ? 'false' : 'true';
      else value = words[++index]?.text ?? '';
    }
    flags.push({ name, value, at: word.at, written: word.text.split('=')[0] ?? word.text });
  }
  return { flags, positional };
}

function flagPattern(style: FlagStyle): RegExp {
  if (style.style === 'go') return /^--?([^-=][^=]*)(?:=(.*))?$/s;
  return /^(?:--([^-=][^=]*)(?:=(.*))?)$|^-(?=[a-zA-Z]$)([a-zA-Z])$/s;
}

/** The last use of a flag, which wins for flags that are given once. */
export function lastFlag(line: CommandLine, ...names: readonly string[]): FlagUse | undefined {
  return line.flags.findLast((flag) => names.includes(flag.name));
}

/** Go's `strconv.ParseBool`, undefined for what it refuses. */
export function parseGoBool(text: string): boolean | undefined {
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  return undefined;
}

/**
 * The words from the engine's program on, where a command line starts with something else: `sh -c "exec loki …"`,
 * `tini -- loki …`, `env A=b loki …`. A line in which none of `programs` occurs is returned as it is.
 *
 * @param programs Base names of the engine's program: `loki`, `otelcol-contrib`.
 */
export function engineWords(argv: readonly CommandWord[], programs: readonly string[]): readonly CommandWord[] {
  const isProgram = (word: CommandWord): boolean => programs.includes(basename(word.text));
  const first = argv[0];
  if (first === undefined || isProgram(first)) return argv;
  const direct = argv.findIndex(isProgram);
  if (direct > 0 && !argv.slice(0, direct).some((word) => word.text === '-c')) return argv.slice(direct);
  const script = argv[argv.findIndex((word) => /^-[a-z]*c$/.test(word.text)) + 1];
  if (!['sh', 'ash', 'bash', 'dash'].includes(basename(first.text)) || script === undefined) return argv;
  const words = shellWords(script.text).map((text) => ({ text, at: script.at }));
  const found = words.findLastIndex(isProgram);
  if (found < 0) return argv;
  const end = words.findIndex((word, index) => index > found && /^([;&|]+|\d?>.*|<.*)$/.test(word.text));
  return words.slice(found, end < 0 ? undefined : end);
}

/** Splits a line as a POSIX shell does: quotes, backslashes; `;`, `&&`, `||` and newlines become words of their own. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let index = 0; index < line.length; index++) {
    const char = line.charAt(index);
    const next = line.charAt(index + 1);
    if (char === "'" || char === '"') {
      const [text, end] = quoted(line, index);
      word = (word ?? '') + text;
      index = end;
    } else if (char === '\\') {
      if (next !== '\n') word = (word ?? '') + next;
      index++;
    } else if (/[\s;&|]/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      if (char === '\n') words.push(';');
      else if (char === next && (char === '&' || char === '|')) {
        words.push(char + next);
        index++;
      } else if (!/\s/.test(char)) words.push(char);
    } else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

function quoted(line: string, start: number): [string, number] {
  const quote = line.charAt(start);
  let text = '';
  let index = start + 1;
  for (; index < line.length && line.charAt(index) !== quote; index++) {
    const escapes = quote === '"' && line.charAt(index) === '\\' && '"\\$`\n'.includes(line.charAt(index + 1));
    if (escapes) index++;
    text += line.charAt(index);
  }
  return [text, index];
}
