// What `npm start` and `npm test` do first on a fresh clone: bring the packages, and with them Node 24.
// Runs on whatever Node is there, with nothing installed.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lock = join(root, 'package-lock.json');
/** npm writes this file at the end of an install that succeeded. */
const installed = join(root, 'node_modules', '.package-lock.json');
const node = join(root, 'node_modules', 'node', 'bin', 'node');

const upToDate = existsSync(installed) && existsSync(node) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs - 1;
if (!upToDate) {
  console.log('Installing packages (npm install) …');
  const started = Date.now();
  // Not `npm ci`: it refuses a lock that lacks the optional packages of platforms which a registry does not serve.
  // With --no-save the lock is kept to and not written.
  const { status, error } = spawnSync('npm', ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error(
      `npm install failed${error ? `: ${error.message}` : ''}. Telltale needs a package registry that npm can reach for its first start; then try again.`,
    );
    process.exit(3);
  }
  console.log(`Packages are there after ${Math.round((Date.now() - started) / 1000)} s.`);
}
