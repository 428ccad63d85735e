import type { ConfigNode } from '../config-node.ts';
import type { Position } from '../position.ts';
import type { CommandWord } from '../types.ts';
import type { LoadContext } from './load-context.ts';
import { textOf } from './merge.ts';
import { type ShellWord, splitShellWords } from './shell-words.ts';
import { isNull, refuse } from './tree.ts';

/**
 * `command` or `entrypoint` as words, each with its own place. Undefined where it is not given: the image's own.
 * @throws InputError where a string cannot be split
 */
export function readCommand(node: ConfigNode | undefined, context: LoadContext): CommandWord[] | undefined {
  if (node === undefined || isNull(node)) return undefined;
  if (node.kind === 'list') return node.items.map((item) => ({ text: textOf(item), at: item.at }));
  const words = splitShellWords(textOf(node));
  if (words === undefined) {
    refuse('This command cannot be split into words.', node.at, 'Close the quotes, or write the command as a list.');
  }
  const written = node.kind === 'scalar' ? splitShellWords(node.raw) : undefined;
  const places = locate(written?.length === words.length ? written : words, node.at, context.textOf(node.at.file));
  return words.map((word, index) => ({ text: word.text, at: places[index] ?? node.at }));
}

/** Finds the words one after another in the text of the file; what escapes or folding changed keeps the place of the whole. */
function locate(words: readonly ShellWord[], start: Position, text: string | undefined): Position[] {
  if (text === undefined) return [];
  const lines = text.split('\n');
  let line = start.line - 1;
  let column = start.column - 1;
  return words.map((word) => {
    for (let at = line; at < lines.length && at <= line + 1; at++) {
      const found = (lines[at] ?? '').indexOf(word.text, at === line ? column : 0);
      if (found === -1 || word.text === '') continue;
      line = at;
      column = found + word.text.length;
      return { file: start.file, line: at + 1, column: found + 1 };
    }
    return start;
  });
}
