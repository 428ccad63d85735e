import type { Command } from '@commander-js/extra-typings';

/** `telltale engines`: the store of binaries that the native driver uses. */
export function addEnginesCommand(program: Command): void {
  const engines = program.command('engines').summary('the binaries that the native driver runs').exitOverride();
  engines
    .command('list')
    .summary('every engine, the versions known, and what was found here')
    .option('--json', 'print JSON', false)
    .action(async (options) => {
      const { listCommand } = await import('../engines/list-command.ts');
      process.exitCode = await listCommand(options);
    });
  engines
    .command('install')
    .summary('bring engines into the store; without a name, those of a stack')
    .argument('[name]', 'NAME or NAME@VERSION')
    .option('--stack <dir>', 'the stack whose engines are wanted', '.')
    .option('--profile <names>', 'compose profiles to switch on', (value: string) => value.split(','))
    .addHelpText('after', '\nExample:\n  telltale engines install prometheus@3.16.0')
    .action(async (name, options) => {
      const { installCommand } = await import('../engines/install-command.ts');
      process.exitCode = await installCommand(name, options);
    });
  engines
    .command('where')
    .summary('the path of an engine, or what was tried')
    .argument('<name>', 'NAME or NAME@VERSION')
    .action(async (name) => {
      const { whereCommand } = await import('../engines/where-command.ts');
      process.exitCode = await whereCommand(name);
    });
  engines
    .command('image')
    .summary('make container images from the binaries of the store; without a name, those of a stack')
    .argument('[name]', 'NAME or NAME@VERSION')
    .argument('[tag]', 'what the image is called; default: as the official one')
    .option('--stack <dir>', 'the stack whose images are wanted')
    .option('--profile <names>', 'compose profiles to switch on', (value: string) => value.split(','))
    .addHelpText('after', '\nExample:\n  telltale engines image loki@3.7.8 grafana/loki:3.7.8')
    .action(async (name, tag, options) => {
      const { imageCommand } = await import('../engines/image-command.ts');
      process.exitCode = await imageCommand(name, tag, options);
    });
  for (const command of engines.commands) command.exitOverride();
}
