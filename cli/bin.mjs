#!/usr/bin/env node
// The entry of `telltale`, in a checkout (TypeScript, run as it is) and in a published package (compiled to dist).
// It must itself run on any Node, to say plainly what a too old one lacks.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major, minor] = process.versions.node.split('.').map(Number);
const recentEnough = major > 22 || (major === 22 && minor >= 22);
const compiled = join(root, 'dist', 'cli', 'main.js');
const source = join(root, 'cli', 'main.ts');

if (recentEnough) {
  // Half of a short command's time would go into stripping types and compiling, again and again.
  if (existsSync(homedir())) nodeModule.enableCompileCache?.(join(homedir(), '.cache', 'telltale', 'compiled'));
  await import(pathToFileURL(existsSync(source) ? source : compiled).href);
} else {
  // In a checkout Node 24 comes as a package.
  const bundled = join(root, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(bundled)) {
    const child = spawn(bundled, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
      // It ends itself when this process is gone; see cli/wrapper.ts.
      env: { ...process.env, TELLTALE_WRAPPER: String(process.pid) },
    });
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
    const code = await new Promise((resolve) => {
      child.on('error', () => resolve(3));
      child.on('exit', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 3)));
    });
    process.exit(code);
  }
  console.error(
    `telltale needs Node 22.22 or newer, and this is ${process.versions.node}. Install Node 24, then try again.`,
  );
  process.exit(3);
}
