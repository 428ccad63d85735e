import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { machineState } from '../testing/leftovers.ts';
import { startCli } from '../testing/run-cli.ts';
import { removeTemporary } from '../testing/temporary.ts';

/**
 * `node cli/dev/kill-nine.ts [STACK] [TIMES]`: kills a native run with SIGKILL at each of its moments, and prints what
 * was there before, while it ran, and after: processes, mounts, network interfaces, entries of /run and /tmp.
 */
const [stack = 'stack/otelcol', times = '2'] = process.argv.slice(2);

const MOMENTS = {
  start: /start: Starting/,
  readiness: /start: Waiting until every service is ready/,
  push: /push: Pushing/,
  settle: /settle: Waiting/,
  checks: /check: Looking back/,
  stop: /stop: Stopping/,
} as const;

let left = 0;
for (const [moment, pattern] of Object.entries(MOMENTS)) {
  for (let time = 1; time <= Number(times); time += 1) {
    const before = inventory();
    const cli = startCli(['run', '--stack', resolve(stack), '--driver', 'native']);
    await cli.said(pattern);
    const during = cli.processes();
    const namespaces = new Set(during.map(networkOf)).size;
    cli.signal('SIGKILL');
    const killed = performance.now();
    const run = await cli.ended();
    const ms = Math.round(performance.now() - killed);
    const known = new Set([cli.out, join(cli.out, '..')]);
    const after = inventory(known);
    left += run.left.length;
    console.log(
      `${moment} ${time}: before ${counts(before)}; at the kill ${during.length} processes of the run in ${namespaces} network namespaces; ` +
        `after ${counts(after)}; of the run ${run.left.length} left after at most ${ms} ms${run.left.map((one) => `\n  LEFT ${one}`).join('')}`,
    );
    removeTemporary();
  }
}
process.exitCode = left === 0 ? 0 : 1;

interface Inventory {
  readonly processes: number;
  readonly mounts: number;
  readonly interfaces: number;
  readonly run: number;
  readonly temporary: number;
}

/** Counts on the whole machine: other programs' coming and going shows in them. */
function inventory(without: ReadonlySet<string> = new Set()): Inventory {
  const { mounts, interfaces, entries } = machineState();
  return {
    processes: readdirSync('/proc').filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/exe`)).length,
    mounts: mounts.size,
    interfaces: interfaces.size,
    run: entries.size,
    temporary: readdirSync(tmpdir()).filter(
      (name) => name.startsWith('telltale-') && !without.has(join(tmpdir(), name)),
    ).length,
  };
}

function counts(inventoried: Inventory): string {
  return Object.entries(inventoried)
    .map(([name, count]) => `${count} ${name}`)
    .join(' ');
}

function networkOf(process: string): string {
  try {
    return readlinkSync(`/proc/${Number.parseInt(process, 10)}/ns/net`);
  } catch {
    return 'gone';
  }
}
