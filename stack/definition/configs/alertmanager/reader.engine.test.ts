import { describe, expect, it } from 'vitest';
import { engineBinary, run, scratch } from '../shared/test-engine.ts';
import { ALERTMANAGER_CASES } from './cases.ts';

const amtool = engineBinary('alertmanager', 'amtool');
const skipped = amtool === undefined ? ' (skipped: engine alertmanager not found)' : '';

describe(`what the reader says, amtool says${skipped}`, () => {
  it.skipIf(amtool === undefined).each(ALERTMANAGER_CASES)('$title: $errors', async (one) => {
    const directory = scratch({ 'am.yml': one.yaml });
    const { code, output } = await run(amtool?.path ?? '', ['check-config', `${directory.path}/am.yml`]);
    directory.remove();
    expect(code === 0, output.slice(0, 500)).toBe(one.errors.length === 0);
  });
});
