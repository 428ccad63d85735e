import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Results, rowKeyOf } from '../../schemas/results.ts';
import { readStack } from '../definition/read-stack.ts';
import { connectEngine } from './compose/container-engine.ts';
import { containerEngineFound, leftBehind, makeImages } from './compose/testing/stacks.ts';

const found = await containerEngineFound();
const title = (words: string): string => (found ? words : `${words} (skipped: container engine not found)`);
const root = join(import.meta.dirname, '../..');
const stack = join(root, 'stack/otelcol');

describe.skipIf(!found)(title('one stack, the same binaries, both drivers'), () => {
  const out = mkdtempSync(join(tmpdir(), 'parity-'));
  const results: Partial<Record<'native' | 'compose', Results>> = {};

  beforeAll(async () => {
    await makeImages(readStack(stack));
    for (const driver of ['native', 'compose'] as const) results[driver] = await run(driver, join(out, driver));
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('runs the same versions', () => {
    const versions = (driver: 'native' | 'compose') =>
      results[driver]?.engines.map(({ service, engine, version }) => `${service}: ${engine} ${version}`).sort();
    expect(versions('compose')).toEqual(versions('native'));
    expect(versions('compose')).toHaveLength(4);
  });

  it('gives every row the same verdict', () => {
    const verdicts = (driver: 'native' | 'compose') =>
      (results[driver]?.results ?? []).map((row) => `${rowKeyOf(row)}: ${row.verdict}`).sort();
    expect(verdicts('compose').length).toBeGreaterThan(100);
    expect(verdicts('compose')).toEqual(verdicts('native'));
  });

  it('gives every row the same verdict where engines refuse what they are given', async () => {
    const broken = join(out, 'broken');
    cpSync(stack, broken, { recursive: true });
    const file = join(broken, 'compose.yaml');
    // A file that is not there, a directory that the engine's user may not write to, a path that nothing is mounted at.
    const text = readFileSync(file, 'utf8')
      .replace('./conf/logstore.yaml:', './conf/nowhere.yaml:')
      .replace('metric-blocks:/prometheus', 'metric-blocks:/data')
      .replace('--storage.tsdb.path=/prometheus', '--storage.tsdb.path=/data')
      .replace('--config.file=/etc/alertmanager/pager.yaml', '--config.file=/etc/alertmanager/nowhere.yaml');
    writeFileSync(file, text);
    const verdicts = async (driver: string): Promise<string[]> => {
      const { results: rows } = await run(driver, join(out, `broken-${driver}`), broken, [
        '--area',
        'readiness,config',
      ]);
      return rows.map((row) => `${rowKeyOf(row)}: ${row.verdict}`).sort();
    };
    const compose = await verdicts('compose');
    expect(compose).toEqual(await verdicts('native'));
    const failed = compose.filter((row) => row.startsWith('READY-01') && row.endsWith('fail'));
    expect(failed.map((row) => row.split(' ')[1]?.replace(':', ''))).toEqual(['logstore', 'metricstore', 'pager']);
    expect(readdirSync(join(broken, 'conf'))).not.toContain('nowhere.yaml');
  });

  it('leaves nothing on the container engine', async () => {
    expect(await leftBehind((await connectEngine()).docker)).toEqual([]);
  });
});

/** Through the command line, as a user has it. */
function run(driver: string, out: string, directory = stack, more: readonly string[] = []): Promise<Results> {
  return new Promise((resolve, reject) => {
    const words = ['cli/bin.mjs', 'run', '--stack', directory, '--driver', driver, '--out', out, '--quiet', ...more];
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    child.on('exit', (code) => {
      // Broken promises are for the comparison; what Telltale could not do at all is not.
      if (code === 0 || code === 1) resolve(JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Results);
      else reject(new Error(`telltale run --driver ${driver} ended with ${code}: ${said}`));
    });
  });
}
