import { CommanderError } from 'commander';
import { explain } from './errors.ts';
import { EXIT } from './exit-codes.ts';
import { buildProgram } from './program.ts';
import { endWithWrapper } from './wrapper.ts';

// A reader that has gone (`| head -1`) is no fault of ours, and a run must still clean up.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

endWithWrapper();
try {
  await buildProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has already said what is wrong with the words; help and version are no error.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    const { text, code } = explain(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = code;
  }
}
