// After tsc: data files that the code reads beside itself go to the same places under dist/.
import { cpSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Folders with code, without what is test data or a stack of its own. */
const FOLDERS = ['schemas', 'reports', 'suites', 'stack/engines', 'stack/definition', 'helpers'];
const DATA = /\.(ya?ml|json|css|html)$/;
const NOT_DATA = /(^|\/)(fixtures|testing|testdata|node_modules)(\/|$)/;

let copied = 0;
const walk = (folder) => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const within = relative(root, path);
    if (NOT_DATA.test(within)) continue;
    if (statSync(path).isDirectory()) walk(path);
    else if (DATA.test(name)) {
      const target = join(root, 'dist', within);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(path, target);
      copied += 1;
    }
  }
};
for (const folder of FOLDERS) walk(join(root, folder));
console.log(`${copied} data files copied to dist/`);
