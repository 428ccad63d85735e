import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, '..', 'bin.mjs');

interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function doctor(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Told> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, 'doctor', ...words], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('telltale doctor', () => {
  it('says of this machine which drivers work, by its exit code too', async () => {
    const { code, stdout, stderr } = await doctor(['--json']);
    const answer: { drivers: string[]; findings: { subject: string; state: string; remedy?: string }[] } =
      JSON.parse(stdout);
    expect({ code, stderr }).toEqual({ code: answer.drivers.length > 0 ? 0 : 3, stderr: '' });
    for (const driver of ['native', 'compose']) {
      const state = answer.findings.find(({ subject }) => subject === `driver ${driver}`)?.state;
      expect(state).toBe(answer.drivers.includes(driver) ? 'ok' : 'missing');
    }
    for (const { state, remedy } of answer.findings) expect(remedy === undefined).toBe(state === 'ok');
    expect(answer.findings.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(['node', 'machine', 'engine cache', 'go', 'engine prometheus', 'engine grafana']),
    );
  });

  it('ends with 3 where no driver works, and says what each lacks', async () => {
    const home = await mkdtemp(join(tmpdir(), 'telltale-doctor-'));
    const env = { PATH: join(home, 'bin'), HOME: home, DOCKER_HOST: `unix://${home}/docker.sock` };
    const { code, stdout, stderr } = await doctor(['--quiet'], env);
    await rm(home, { recursive: true });
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toMatch(/^missing {2}driver native {2,}.*unshare/m);
    expect(stdout).toMatch(/^missing {2}driver compose /m);
    expect(stdout).toContain('remedy: Install util-linux and iproute2');
    expect(stdout).toContain('No stack can be run here: neither driver works.');
    expect(stdout).not.toMatch(/^ok/m);
  });
});
