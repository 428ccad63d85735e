import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface TestEngine {
  readonly version: string;
  /** Absolute path of the program. */
  readonly path: string;
}

/**
 * The newest cached build of an engine (or of a program that comes along: `findTestEngine('prometheus', 'promtool')`),
 * or undefined, so that a test can be skipped with the title `skipped: engine tempo not found`.
 */
export function findTestEngine(engine: string, program: string = engine): TestEngine | undefined {
  const directory = join(homedir(), '.cache', 'telltale', 'engines', engine);
  const found = versionsIn(directory)
    .map((version) => ({ version, path: join(directory, version, program) }))
    .filter(({ path }) => isExecutable(path));
  return found.at(-1);
}

/** Appended to a test's title: empty where the engine is there. */
export function skipNote(engine: TestEngine | undefined, name: string): string {
  return engine === undefined ? ` (skipped: engine ${name} not found)` : '';
}

function versionsIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
