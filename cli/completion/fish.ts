import { allCommands, type CompletedCommand, type CompletedOption, type Values } from './model.ts';

/**
 * A completion script for fish 3 and newer.
 * @see https://fishshell.com/docs/current/completions.html
 */
export function fishScript(root: CompletedCommand): string {
  return `# Completion of telltale for fish: telltale completion fish | source
complete -c telltale -f
${allCommands(root).flatMap(linesOf).join('\n')}
`;
}

function linesOf(command: CompletedCommand): readonly string[] {
  const here = `complete -c telltale -n ${quoted(condition(command))}`;
  const children = command.commands.map(
    ({ path, description }) => `${here} -a ${quoted(path.at(-1) ?? '')} -d ${quoted(firstLine(description))}`,
  );
  const argument = command.argument === undefined ? [] : words(command.argument).map((each) => `${here} ${each}`);
  const options = command.options.map((option) => `${here} ${optionWords(option)}`);
  return [...children, ...argument, ...options];
}

/** True where the words so far name this command, and none below it. */
function condition(command: CompletedCommand): string {
  const children = command.commands.map(({ path }) => path.at(-1)).join(' ');
  const seen = command.path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const below = children === '' ? [] : [`not __fish_seen_subcommand_from ${children}`];
  return [...seen, ...below].join('; and ');
}

function optionWords({ flags, description, value }: CompletedOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const required = value === undefined ? [] : [value.kind === 'files' ? '-r' : '-x', ...words(value)];
  return [...names, ...required, `-d ${quoted(firstLine(description))}`].join(' ');
}

function words(values: Values): readonly string[] {
  switch (values.kind) {
    case 'words':
      return [`-a ${quoted(values.list ? `(__fish_append , ${values.words.join(' ')})` : values.words.join(' '))}`];
    case 'directories':
      return [`-a '(__fish_complete_directories)'`];
    case 'files':
      return ['-F'];
    case 'free':
      return [];
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
