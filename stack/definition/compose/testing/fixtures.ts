import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import type { ComposeOptions } from '../read-compose.ts';

const ROOT = path.join(import.meta.dirname, '..', 'fixtures');

/** How a fixture is read: `case.json` in its directory. Its environment is all that there is, but for HOME. */
interface Case {
  readonly files?: readonly string[];
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly projectName?: string;
}

export function fixtureNames(): string[] {
  return readdirSync(ROOT).sort();
}

export function fixture(name: string): {
  directory: string;
  options: ComposeOptions & { environment: Record<string, string> };
} {
  const directory = path.join(ROOT, name);
  const file = path.join(directory, 'case.json');
  const given: Case = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return { directory, options: { ...given, environment: { HOME: homedir(), ...given.environment } } };
}

/** A directory with these files, for as long as `use` runs. */
export function withFiles<R>(files: Readonly<Record<string, string>>, use: (directory: string) => R): R {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'telltale-compose-')));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
      writeFileSync(path.join(directory, name), text);
    }
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
