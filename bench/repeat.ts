/**
 * Runs one stack again and again and holds the verdict lists against each other: `node bench/repeat.ts [TIMES] [DIR] [WORDS…]`.
 * Exit code 0 where all are equal. The times between two runs differ, so that they fall on other seconds of the minute.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Results } from '../schemas/results.ts';

const [times = '20', directory = 'stack/otelcol', ...words] = process.argv.slice(2);
const BIN = join(import.meta.dirname, '..', 'cli', 'bin.mjs');

interface Run {
  readonly seconds: number;
  /** `ID subject column` to verdict. */
  readonly verdicts: ReadonlyMap<string, string>;
}

async function runOnce(): Promise<Run> {
  const out = mkdtempSync(join(tmpdir(), 'telltale-repeat-'));
  const started = performance.now();
  try {
    const all = [BIN, 'run', '--quiet', '--driver', 'native', '--stack', directory, '--out', out, ...words];
    const child = spawn(process.execPath, all, { stdio: ['ignore', 'ignore', 'inherit'] });
    await new Promise((resolve) => child.once('close', resolve));
    const { results } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results;
    const verdicts = results.map(
      ({ id, subject, column, verdict }) => [`${id} ${subject} ${column}`, verdict] as const,
    );
    return { seconds: (performance.now() - started) / 1000, verdicts: new Map(verdicts) };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function differences(one: Run, other: Run): string[] {
  const keys = new Set([...one.verdicts.keys(), ...other.verdicts.keys()]);
  return [...keys].flatMap((key) => {
    const [was, is] = [one.verdicts.get(key) ?? 'absent', other.verdicts.get(key) ?? 'absent'];
    return was === is ? [] : [`${key}: ${was}, then ${is}`];
  });
}

const first = await runOnce();
const seconds = [first.seconds];
let same = 1;
for (let index = 1; index < Number(times); index++) {
  const run = await runOnce();
  const found = differences(first, run);
  seconds.push(run.seconds);
  if (found.length === 0) same += 1;
  console.log(
    `run ${index + 1}: ${run.verdicts.size} rows, ${run.seconds.toFixed(1)} s${found.length === 0 ? '' : `, ${found.join('; ')}`}`,
  );
}
seconds.sort((one, other) => one - other);
const counts = new Map<string, number>();
for (const verdict of first.verdicts.values()) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
console.log(
  `${same} of ${times} runs of ${directory} have the same verdicts: ${[...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ')}; ${seconds[0]?.toFixed(1)} to ${seconds.at(-1)?.toFixed(1)} s a run`,
);
process.exitCode = same === Number(times) ? 0 : 1;
