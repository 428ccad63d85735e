import type { Command } from '@commander-js/extra-typings';

/** `telltale promises`: what the stack's own files say will hold. */
export function addPromisesCommand(program: Command): void {
  program
    .command('promises')
    .summary('what the files of a stack promise, with file and line and who relies on it')
    .argument('[dir]', 'directory with the compose file', '.')
    .option('--profile <names>', 'compose profiles to switch on', (value: string) => value.split(','))
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nExample:\n  telltale promises ./monitoring')
    .action(async (directory, options) => {
      const { promisesCommand } = await import('../check/promises-command.ts');
      process.exitCode = await promisesCommand(directory, options);
    });
}
