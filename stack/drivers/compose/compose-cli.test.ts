import { afterEach, describe, expect, it, vi } from 'vitest';
import { MachineError } from '../types.ts';
import { requireComposeCli } from './compose-cli.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the compose CLI', () => {
  it('is asked for in words that say how to get it', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    const error = await requireComposeCli().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MachineError);
    expect((error as MachineError).message).toMatch(/^`docker compose` does not work here: /);
    expect((error as MachineError).remedy).toContain('2.24.4 or newer');
  });
});
