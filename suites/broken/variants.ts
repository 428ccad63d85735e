import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

interface Edit {
  readonly file: string;
  readonly replace: string;
  readonly with: string;
}

/** A stack with one fault; `variants.yaml` says what its fields mean. */
export interface Variant extends Edit {
  readonly id: string;
  readonly stack: string;
  readonly profile?: string;
  readonly also?: Edit;
  readonly noticedBy: 'check' | 'run' | 'none';
  readonly by?: string;
  readonly names?: string;
  readonly level?: 'warning';
  readonly ids?: readonly string[];
  readonly slow?: boolean;
  readonly why?: string;
}

const STACKS = fileURLToPath(new URL('../../stack/', import.meta.url));

/** All variants, in the order of the file. */
export function readVariants(): readonly Variant[] {
  const parsed: unknown = parse(readFileSync(new URL('./variants.yaml', import.meta.url), 'utf8'));
  if (!Array.isArray(parsed)) throw new TypeError('suites/broken/variants.yaml must be a list of variants.');
  return parsed as readonly Variant[];
}

/** A directory for the copies that `brokenCopy` makes; whoever makes it removes it. */
export function makeScratch(): string {
  return mkdtempSync(join(tmpdir(), 'telltale-variants-'));
}

/**
 * Copies the stack of a variant with its fault put in.
 * @returns the directory of the copy.
 * @throws Error where the text to change is not there (any more).
 */
export function brokenCopy(scratch: string, variant: Variant): string {
  const directory = join(scratch, variant.id);
  cpSync(join(STACKS, variant.stack), directory, { recursive: true });
  for (const edit of variant.also === undefined ? [variant] : [variant, variant.also]) {
    const path = join(directory, edit.file);
    const text = readFileSync(path, 'utf8');
    const at = text.indexOf(edit.replace);
    if (at < 0) throw new Error(`${variant.stack}/${edit.file} does not hold "${edit.replace}" (${variant.id}).`);
    writeFileSync(path, `${text.slice(0, at)}${edit.with}${text.slice(at + edit.replace.length)}`);
  }
  return directory;
}
