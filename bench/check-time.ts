import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { median, timed } from './pool.ts';

export const CHECK_GOAL_MS = 1000;

export interface CheckFigure {
  readonly ms: number;
  /** `node -e 0`: what no command can be faster than. */
  readonly nodeMs: number;
  readonly ratio: number;
  readonly exitCode: number;
  readonly times: number;
}

const ROOT = join(import.meta.dirname, '..');

/** Wall time of `telltale check stack/otelcol`, Node's own start included, and of Node alone, in turn. */
export async function measureCheck(times: number): Promise<CheckFigure> {
  const words = [join(ROOT, 'cli', 'bin.mjs'), 'check', join(ROOT, 'stack', 'otelcol')];
  const check: number[] = [];
  const node: number[] = [];
  let exitCode = -1;
  for (let turn = 0; turn < times; turn++) {
    node.push(await timed(() => exitCodeOf(['-e', '0'])));
    check.push(
      await timed(async () => {
        exitCode = await exitCodeOf(words);
      }),
    );
  }
  return { ms: median(check), nodeMs: median(node), ratio: median(check) / median(node), exitCode, times };
}

function exitCodeOf(words: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? -1));
  });
}
