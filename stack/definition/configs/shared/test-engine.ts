import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareVersions } from './versions.ts';

/** The newest binary of an engine in the store, for tests that hold readings against the real thing. */
export function engineBinary(engine: string, program = engine): { path: string; version: string } | undefined {
  const home = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'telltale', 'engines', engine);
  if (!existsSync(home)) return undefined;
  const versions = readdirSync(home).sort(compareVersions).reverse();
  const version = versions.find((candidate) => existsSync(join(home, candidate, program)));
  return version === undefined ? undefined : { path: join(home, version, program), version };
}

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** Runs a program to its end, or kills it after `timeoutMs`. */
export function run(
  path: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; timeoutMs?: number } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      path,
      [...args],
      {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        timeout: options.timeoutMs ?? 30_000,
        killSignal: 'SIGKILL',
        maxBuffer: 64 * 2 ** 20,
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, output: stdout + stderr });
      },
    );
  });
}

/** A directory with these files, and how to remove it. */
export function scratch(files: Readonly<Record<string, string>>): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'telltale-config-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
