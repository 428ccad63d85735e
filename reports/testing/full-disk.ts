/** Writes the reports of the sample run into the directory that it is given; see `full-disk.test.ts`. */
import { createReporter } from '../index.ts';
import { sampleRun } from './sample-run.ts';

const [out = ''] = process.argv.slice(2);
const reporter = createReporter({ out, columns: 100, tty: false, env: {} });
for (const event of sampleRun({ healthy: true })) reporter.onEvent(event);
const { conclusion } = await reporter.finish();
process.exitCode = conclusion.exitCode;
