import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';

function collect(value: string): string[] {
  const names = value
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  // An empty selection would be an empty run.
  if (names.length === 0) throw new InvalidArgumentError('It takes names with commas between them.');
  return names;
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(value);
}

function duration(value: string): number {
  const seconds = wholeNumber(value);
  // Longer ones overflow a timer, which would then fire at once.
  if (seconds < 1 || seconds > 2_000_000) throw new InvalidArgumentError('It takes seconds, 1 or more.');
  return seconds;
}

function shard(value: string): { index: number; count: number } {
  const match = /^(\d+)\/(\d+)$/.exec(value);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index < 1 || index > count) throw new InvalidArgumentError('It takes I/N with 1 ≤ I ≤ N, such as 2/3.');
  return { index, count };
}

/** `telltale run`: the main job. */
export function addRunCommand(program: Command): void {
  program
    .command('run')
    .summary('start a stack, push known telemetry, check every promise')
    .description(
      'Starts the stack of a directory, pushes telemetry whose every answer is known, and prints the matrix.',
    )
    .option('--stack <dir>', 'directory with the compose file', '.')
    .option(
      '--file <file>',
      'a compose file in it; may be given several times',
      (value: string, all: string[] | undefined) => [...(all ?? []), value],
    )
    .option('--profile <names>', 'compose profiles to switch on', collect)
    .addOption(
      new Option('--driver <name>', 'how to bring it to life').choices(['auto', 'native', 'compose']).default('auto'),
    )
    .option('--full', 'also what takes minutes or breaks things on purpose', false)
    .option('--area <names>', 'only these areas', collect)
    .option('--service <names>', 'only rows about these services', collect)
    .option('--id <ids>', 'only these requirements', collect)
    .option('--fail-fast', 'stop at the first failure', false)
    .option('--out <dir>', 'where the reports go', 'telltale-report')
    .option('--baseline <file>', 'results.json of an older run: a row that regressed fails this one')
    .option('--seed <n>', 'seed of laws and fault times', wholeNumber)
    .option('--shard <i/n>', 'the i-th of n parts of the rows', shard)
    .option('--strict', 'a SHOULD that is not kept fails the run too', false)
    .option('--allow-blocked', 'an engine that cannot be had does not fail the run', false)
    .option('--timeout <seconds>', 'end the run after this long', duration)
    .option('--json', 'print results.json instead of the matrix', false)
    .option('--quiet', 'print failures and the headline only', false)
    .addHelpText(
      'after',
      '\nExample:\n  telltale run --stack ./monitoring --out ./report\n  telltale run --stack ./monitoring --id READY-01 --driver native',
    )
    .action(async (options) => {
      const { runCommand } = await import('../run/run-command.ts');
      process.exitCode = await runCommand(options);
    });
}
