import type { Command } from '@commander-js/extra-typings';

/** `telltale check`: files only, nothing is started. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .summary('what the files alone show to be wrong; nothing is started')
    .argument('[dir]', 'directory with the compose file', '.')
    .option('--profile <names>', 'compose profiles to switch on', (value: string) => value.split(','))
    .option('--validators', "also ask the engines' own validators, where their binaries are at hand", false)
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nExample:\n  telltale check ./monitoring')
    .action(async (directory, options) => {
      const { checkCommand } = await import('../check/check-command.ts');
      process.exitCode = await checkCommand(directory, options);
    });
}
