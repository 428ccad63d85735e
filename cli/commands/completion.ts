import { Argument, type Command } from '@commander-js/extra-typings';

/** `telltale completion`: scripts for the shells. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .summary('a script that lets the shell complete commands, options, areas and ids')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      '\nExamples:\n  eval "$(telltale completion bash)"           in ~/.bashrc\n  source <(telltale completion zsh)           in ~/.zshrc, after compinit\n  telltale completion fish | source           in ~/.config/fish/config.fish',
    )
    .action(async (shell) => {
      const { completionCommand } = await import('../completion/completion-command.ts');
      process.exitCode = completionCommand(program, shell);
    });
}
