import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { ComposeOptions } from '../read-compose.ts';

/** The compose CLI of this machine, as a command; undefined where there is none. No container engine is needed. */
export function findComposeCli(): readonly string[] | undefined {
  const plugin = path.join(homedir(), '.docker', 'cli-plugins', 'docker-compose');
  const candidates = [...(existsSync(plugin) ? [[plugin]] : []), ['docker', 'compose'], ['docker-compose']];
  return candidates.find(([command = '', ...words]) => {
    const found = spawnSync(command, [...words, 'version'], { encoding: 'utf8' });
    return found.status === 0 && /v?[2-9]\.\d+/.test(found.stdout);
  });
}

/** `docker compose config --format json`, called in the directory. */
export function composeConfig(
  cli: readonly string[],
  directory: string,
  options: ComposeOptions,
): { status: number | null; stdout: string; stderr: string } {
  const [command = '', ...words] = cli;
  const args = [
    ...words,
    ...(options.files ?? []).flatMap((file) => ['--file', file]),
    ...(options.profiles ?? []).flatMap((profile) => ['--profile', profile]),
    ...(options.projectName === undefined ? [] : ['--project-name', options.projectName]),
    'config',
    '--format',
    'json',
  ];
  const environment = { PATH: process.env.PATH, HOME: homedir(), ...options.environment };
  return spawnSync(command, args, { cwd: directory, env: environment, encoding: 'utf8' });
}
