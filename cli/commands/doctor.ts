import type { Command } from '@commander-js/extra-typings';

/** `telltale doctor`: what this machine can do, and what to install for the rest. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .summary('what this machine can do, and what to install for the rest')
    .description(
      'Looks at Node, drivers, Go, engines, memory and disk. Exit code 0 where at least one driver works, else 3.',
    )
    .option('--json', 'print JSON', false)
    .option('--quiet', 'print only what is missing', false)
    .addHelpText('after', '\nExample:\n  telltale doctor')
    .action(async (options) => {
      const { doctorCommand } = await import('../doctor/doctor-command.ts');
      process.exitCode = await doctorCommand(options);
    });
}
