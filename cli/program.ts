import { Command } from '@commander-js/extra-typings';
import { addCheckCommand } from './commands/check.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEnginesCommand } from './commands/engines.ts';
import { addPromisesCommand } from './commands/promises.ts';
import { addReportCommands } from './commands/report.ts';
import { addRunCommand } from './commands/run.ts';
import { ownVersion } from './own-version.ts';

/** All commands that are built; what is not built is not in `--help`. */
export function buildProgram(): Command {
  const program = new Command('telltale')
    .description(
      'Starts your observability stack, pushes telemetry whose every answer is known,\nand shows which promises of its configuration are kept.',
    )
    .version(ownVersion())
    .showHelpAfterError('(add --help for the words that it takes)')
    .exitOverride();
  addRunCommand(program);
  addCheckCommand(program);
  addPromisesCommand(program);
  addReportCommands(program);
  addEnginesCommand(program);
  addDoctorCommand(program);
  addCompletionCommand(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}
