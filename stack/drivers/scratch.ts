import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDead, ownerOf } from './owner.ts';

const OWNER_FILE = '.owner';
const NAME = /^telltale-\d+-/;

/**
 * A directory for what a run generates and copies, outside of the user's own.
 * @param owned false: a later run does not clear it away (`keep`).
 */
export function makeScratch(purpose: string, owned = true): string {
  const directory = mkdtempSync(join(tmpdir(), `telltale-${process.pid}-${purpose}-`));
  if (owned) writeFileSync(join(directory, OWNER_FILE), ownerOf());
  return directory;
}

export function removeScratch(directory: string): void {
  // Engines write their data as other users; only root can remove those, and says so if it cannot.
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}

/** Scratch directories whose run is dead. */
export function abandonedScratch(): readonly string[] {
  return readdirSync(tmpdir())
    .filter((name) => NAME.test(name))
    .map((name) => join(tmpdir(), name))
    .filter((directory) => {
      try {
        return isDead(readFileSync(join(directory, OWNER_FILE), 'utf8'));
      } catch {
        return false; // Not ours, kept on purpose, or gone meanwhile.
      }
    });
}

/** A subdirectory, made where it is not there. */
export function inScratch(scratch: string, ...names: readonly string[]): string {
  const directory = join(scratch, ...names);
  mkdirSync(directory, { recursive: true });
  return directory;
}
