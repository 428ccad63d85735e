import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { findEngine, isFound } from '../../engines/store/find-engine.ts';
import { readStack } from '../read-stack.ts';
import type { EngineName } from '../types.ts';
import { checkStack } from './check-stack.ts';
import { runValidators } from './validators.ts';

const TESTDATA = fileURLToPath(new URL('../../testdata/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'telltale-validators-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function missing(engine: EngineName, version: string): Promise<string> {
  return isFound(await findEngine(engine, version)) ? '' : ` (skipped: engine ${engine} not found)`;
}
const noPrometheus = await missing('prometheus', '3.16.0');
const noLoki = await missing('loki', '3.7.8');

async function asked(directory: string) {
  const definition = readStack(directory, { environment: {} });
  return runValidators(definition, checkStack(definition));
}

describe("the engines' own validators", () => {
  it.skipIf(noPrometheus !== '')(`accept healthy stacks${noPrometheus}`, async () => {
    for (const stack of ['several-prometheus', 'no-gateway', 'multi-tenant-loki', 'features-off']) {
      const { validators = [] } = await asked(join(TESTDATA, stack));
      expect(
        validators.filter((one) => one.verdict === 'refused'),
        stack,
      ).toEqual([]);
      expect(
        validators.some((one) => one.verdict === 'accepted'),
        stack,
      ).toBe(true);
    }
  });

  it.skipIf(noLoki !== '')(`attach the engine's words to what it refuses${noLoki}`, async () => {
    cpSync(join(TESTDATA, 'features-off'), scratch, { recursive: true });
    const path = join(scratch, 'config/loki.yml');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('max_entries_limit_per_query', 'max_entries_limit_per_qery'),
    );
    const { problems } = await asked(scratch);
    const refused = problems.find((problem) => problem.id === 'ENGINE-REFUSES');
    expect(refused).toMatchObject({ service: 'loki', severity: 'error', at: { file: 'config/loki.yml' } });
    expect(refused?.message).toContain('max_entries_limit_per_qery');
    expect(refused?.message).not.toContain('telltale-check-');
  });
});
