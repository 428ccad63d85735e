import { allCommands, type CompletedCommand, type CompletedOption, type Values } from './model.ts';

/**
 * A completion script for zsh, one function a command.
 * @see https://zsh.sourceforge.io/Doc/Release/Completion-System.html#Completion-Functions
 */
export function zshScript(root: CompletedCommand): string {
  return `#compdef telltale
# Completion of telltale for zsh: source <(telltale completion zsh), after compinit
${allCommands(root).map(functionOf).join('\n')}
compdef _telltale telltale
`;
}

function functionOf(command: CompletedCommand): string {
  const options = command.options.map((option) => `    ${quoted(optionSpec(option))}`);
  const name = nameOf(command);
  if (command.commands.length === 0) {
    const argument = command.argument === undefined ? [] : [`    ${quoted(`*:argument:${action(command.argument)}`)}`];
    return `${name}() {\n  _arguments -s \\\n${[...options, ...argument].join(' \\\n')}\n}`;
  }
  const children = command.commands.map(
    ({ path, description }) => `    ${quoted(`${path.at(-1)}:${firstLine(description)}`)}`,
  );
  const calls = command.commands.map((child) => `      ${child.path.at(-1)}) ${nameOf(child)} ;;`);
  return `${name}() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${children.join('\n')}
  )
  _arguments -C \\
${[...options, "    '1: :->command'", "    '*:: :->rest'"].join(' \\\n')}
  case $state in
    command) _describe command commands ;;
    rest) case $words[1] in
${calls.join('\n')}
    esac ;;
  esac
}`;
}

function nameOf(command: CompletedCommand): string {
  return ['_telltale', ...command.path].join('_').replaceAll('-', '_');
}

function optionSpec({ flags, description, value }: CompletedOption): string {
  const about = `[${firstLine(description).replace(/[[\]\\:]/g, '\\$&')}]`;
  const [flag] = flags.slice(-1);
  return value === undefined ? `${flag}${about}` : `*${flag}=${about}:value:${action(value)}`;
}

function action(values: Values): string {
  switch (values.kind) {
    case 'words':
      return values.list ? `_values -s , value ${values.words.join(' ')}` : `(${values.words.join(' ')})`;
    case 'directories':
      return '_files -/';
    case 'files':
      return '_files';
    case 'free':
      return ' ';
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
