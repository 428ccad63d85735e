import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Results } from '../../schemas/results.ts';
import { findEngine, isFound } from '../../stack/engines/store/find-engine.ts';
import { brokenCopy, makeScratch, readVariants, type Variant } from './variants.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A stack that does not say anything for this long is not slow, it hangs. */
const LONGEST_MS = 150_000;

const scratch = makeScratch();
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function lacking(): Promise<string> {
  const wanted = [
    ['prometheus', '3.16.0'],
    ['loki', '3.7.8'],
    ['otelcol', '0.161.0'],
    ['alertmanager', '0.31.1'],
    ['tempo', '3.0.3'],
  ] as const;
  for (const [engine, version] of wanted) {
    if (!isFound(await findEngine(engine, version))) return ` (skipped: engine ${engine} not found)`;
  }
  return '';
}
const skipped = await lacking();

function run(directory: string, { id, profile, by = '', ids = [by] }: Variant): Promise<{ code: number; out: string }> {
  const out = join(scratch, `${id}-report`);
  const words = ['run', '--stack', directory, '--driver', 'native', '--id', ids.join(','), '--out', out, '--quiet'];
  if (profile !== undefined) words.push('--profile', profile);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'cli/bin.mjs'), ...words], { timeout: LONGEST_MS });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, out }));
  });
}

describe('stacks with one fault that only a run shows', { concurrent: true }, () => {
  const variants = readVariants().filter(({ noticedBy }) => noticedBy === 'run');

  it.skipIf(skipped !== '').each(variants)(`$id: $by names $names${skipped}`, async (variant) => {
    const { code, out } = await run(brokenCopy(scratch, variant), variant);
    const { results } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results;
    const rows = results.filter(({ id, verdict }) => id === variant.by && (verdict === 'fail' || verdict === 'warn'));
    expect(rows.length, `${variant.by} neither failed nor warned`).toBeGreaterThan(0);
    expect(code).toBe(rows.some(({ verdict }) => verdict === 'fail') ? 1 : 0);
    const said = rows.map((row) => JSON.stringify([row.message, row.evidence])).join('\n');
    expect(said).toContain(JSON.stringify(variant.names ?? '').slice(1, -1));
  });
});
