import { allCommands, type CompletedCommand, flagsWithValue, type Values } from './model.ts';

/**
 * A completion script for bash 3.2 and newer.
 * @see https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
 */
export function bashScript(root: CompletedCommand): string {
  const commands = allCommands(root);
  return `# Completion of telltale for bash: eval "$(telltale completion bash)"
_telltale() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD - 1]}" at='' skip='' i
  # Bash takes --option=value apart at the sign.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ -n $skip ]]; then
      [[ \${COMP_WORDS[i]} == = ]] || skip=''
      continue
    fi
    case "$at \${COMP_WORDS[i]}" in
${commands.flatMap(stepLines).join('\n')}
    esac
  done
  COMPREPLY=()
  case "$at $prev" in
${commands.flatMap(valueLines).join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case "$at" in
${commands.map((command) => `      ${quoted(atOf(command))}) _telltale_words ${quoted(flagsOf(command))} ;;`).join('\n')}
    esac
    return
  fi
  case "$at" in
${commands.flatMap(argumentLine).join('\n')}
  esac
}
_telltale_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}
_telltale_list() {
  local IFS=$' \\t\\n' before=''
  [[ $cur == *,* ]] && before="\${cur%,*},"
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))
  compopt -o nospace 2>/dev/null
}
_telltale_paths() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$cur"))
  compopt -o filenames 2>/dev/null
}
complete -F _telltale telltale
`;
}

/** Where in the tree of commands the words before the cursor lead: `/run`, `/engines/install`. */
function atOf(command: CompletedCommand): string {
  return command.path.map((word) => `/${word}`).join('');
}

function stepLines(command: CompletedCommand): readonly string[] {
  const at = atOf(command);
  const children = command.commands.map(
    (child) => `      ${quoted(`${at} ${child.path.at(-1)}`)}) at=${quoted(atOf(child))} ;;`,
  );
  const flags = flagsWithValue(command).map((flag) => quoted(`${at} ${flag}`));
  return flags.length === 0 ? children : [...children, `      ${flags.join(' | ')}) skip=1 ;;`];
}

function valueLines(command: CompletedCommand): readonly string[] {
  return command.options.flatMap(({ flags, value }) =>
    value === undefined
      ? []
      : [`    ${flags.map((flag) => quoted(`${atOf(command)} ${flag}`)).join(' | ')})${offer(value)} return ;;`],
  );
}

function argumentLine(command: CompletedCommand): readonly string[] {
  const { commands, argument } = command;
  const values: Values | undefined =
    commands.length > 0
      ? { kind: 'words', list: false, words: commands.map(({ path }) => path.at(-1) ?? '') }
      : argument;
  return values === undefined ? [] : [`    ${quoted(atOf(command))})${offer(values)} ;;`];
}

function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
      return ` ${values.list ? '_telltale_list' : '_telltale_words'} ${quoted(values.words.join(' '))};`;
    case 'directories':
      return ' _telltale_paths -d;';
    case 'files':
      return ' _telltale_paths -f;';
    case 'free':
      return '';
  }
}

function flagsOf(command: CompletedCommand): string {
  return command.options.map(({ flags }) => flags.at(-1)).join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
