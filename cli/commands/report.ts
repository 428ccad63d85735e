import type { Command } from '@commander-js/extra-typings';

/** `telltale report` and `telltale compare`: work on results that are there. */
export function addReportCommands(program: Command): void {
  program
    .command('report')
    .summary('render results again, and merge the shards of a run')
    .argument('<results...>', 'results.json files, or one events.ndjson of a run that did not end')
    .requiredOption('--out <dir>', 'where the reports go')
    .addHelpText('after', '\nExample:\n  telltale report shard-1/results.json shard-2/results.json --out merged')
    .action(async (files, options) => {
      const { reportCommand } = await import('../report/report-command.ts');
      process.exitCode = await reportCommand(files, options);
    });
  program
    .command('compare')
    .summary('two runs row by row: what regressed, vanished, fails anew, was mended')
    .argument('<old>', 'results.json of the run to compare with')
    .argument('<new>', 'results.json of the newer run')
    .option('--strict', 'a SHOULD that is newly not kept closes the gate too', false)
    .option('--allow-vanished', 'rows may vanish', false)
    .option('--json', 'print JSON', false)
    .addHelpText('after', '\nExample:\n  telltale compare last-night/results.json telltale-report/results.json')
    .action(async (before, after, options) => {
      const { compareCommand } = await import('../report/compare-command.ts');
      process.exitCode = await compareCommand(before, after, options);
    });
}
