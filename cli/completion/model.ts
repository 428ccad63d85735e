import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';

/** What can follow a word. */
export type Values =
  | {
      readonly kind: 'words';
      readonly words: readonly string[] /** Several, with commas between. */;
      readonly list: boolean;
    }
  | { readonly kind: 'directories' }
  | { readonly kind: 'files' }
  /** Something that only the user knows. */
  | { readonly kind: 'free' };

export interface CompletedOption {
  /** `--stack`, `-V`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Absent: it takes none. */
  readonly value?: Values;
}

export interface CompletedCommand {
  /** Words from the program's name on: `[]`, `['engines', 'install']`. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
  /** Of all its arguments: no command has two of different kinds. */
  readonly argument?: Values;
}

/** Words that the program itself does not know, by the name of an option (`--area`) or a command's argument (`name`). */
export type KnownWords = Readonly<Record<string, { readonly words: readonly string[]; readonly list: boolean }>>;

/** What can be completed, from the commands as they are. Placeholders called `dir` and `file` stand for those. */
export function completionModel(
  command: CommandUnknownOpts,
  known: KnownWords,
  path: readonly string[] = [],
): CompletedCommand {
  const helper = command.createHelp();
  const [argument] = command.registeredArguments;
  const choices = argument?.argChoices;
  return {
    path,
    description: command.summary() || command.description(),
    options: helper.visibleOptions(command).map((option) => completedOption(option, known)),
    commands: command.commands.map((child) => completionModel(child, known, [...path, child.name()])),
    ...(argument === undefined ? {} : { argument: argumentValues(argument.name(), choices, known) }),
  };
}

function completedOption(option: Option, known: KnownWords): CompletedOption {
  const flags = [option.short, option.long].filter((flag) => flag !== undefined);
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1];
  return {
    flags,
    description: option.description,
    ...(placeholder === undefined ? {} : { value: valuesOf(option.long ?? '', placeholder, option.argChoices, known) }),
  };
}

/** A path, unless it is known to be something else. */
function argumentValues(name: string, choices: readonly string[] | undefined, known: KnownWords): Values {
  const values = valuesOf(name, name, choices, known);
  return values.kind === 'free' ? { kind: 'files' } : values;
}

function valuesOf(
  name: string,
  placeholder: string,
  choices: readonly string[] | undefined,
  known: KnownWords,
): Values {
  if (choices !== undefined) return { kind: 'words', words: choices, list: false };
  const words = known[name];
  if (words !== undefined) return { kind: 'words', ...words };
  if (placeholder.startsWith('dir')) return { kind: 'directories' };
  return { kind: placeholder.startsWith('file') ? 'files' : 'free' };
}

/** Every command, outer ones first. */
export function allCommands(root: CompletedCommand): readonly CompletedCommand[] {
  return [root, ...root.commands.flatMap((command) => allCommands(command))];
}

/** Flags that a word follows: what completion has to step over. */
export function flagsWithValue(command: CompletedCommand): readonly string[] {
  return command.options.filter(({ value }) => value !== undefined).flatMap(({ flags }) => flags);
}
