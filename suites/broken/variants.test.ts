import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkStack, type Problem } from '../../stack/definition/check/check-stack.ts';
import { InputError, type Position } from '../../stack/definition/position.ts';
import { readStack } from '../../stack/definition/read-stack.ts';
import { brokenCopy, makeScratch, readVariants, type Variant } from './variants.ts';

const VARIANTS = readVariants();
const scratch = makeScratch();
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function problemsOf(directory: string, { profile }: Variant): readonly Problem[] | InputError {
  const profiles = profile === undefined ? {} : { profiles: [profile] };
  const environment = profile === undefined ? {} : { COMPOSE_PROFILES: profile };
  try {
    return checkStack(readStack(directory, { environment, ...profiles })).problems;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function lineAt(directory: string, at: Position | undefined): string {
  if (at === undefined) return '';
  return readFileSync(join(directory, at.file), 'utf8').split('\n')[at.line - 1] ?? '';
}

describe('stacks with one fault', () => {
  it('have ids of their own, and say who notices them', () => {
    const ids = VARIANTS.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(VARIANTS.filter(({ noticedBy, by, names }) => noticedBy !== 'none' && (!by || !names))).toEqual([]);
    expect(VARIANTS.filter(({ noticedBy, why }) => noticedBy === 'none' && !why)).toEqual([]);
    expect(ids.length).toBeGreaterThan(200);
  });

  it.each(VARIANTS.filter(({ noticedBy }) => noticedBy === 'check'))('$id: check names $names', (variant) => {
    const directory = brokenCopy(scratch, variant);
    const problems = problemsOf(directory, variant);
    const { by = '', names = '', level } = variant;
    if (problems instanceof InputError) {
      expect(by).toBe('input');
      expect(problems.message).toContain(names);
      return;
    }
    const told = problems.map(({ id, also, message }) => `${[id, ...also].join(' + ')}: ${message}`).join('\n');
    const hits = problems.filter(({ id, also }) => [id, ...also].some((one) => one.startsWith(by)));
    expect(hits.length, `${by} is not among\n${told}`).toBeGreaterThan(0);
    expect(hits.some(({ severity }) => severity === (level ?? 'error'))).toBe(true);
    const places = hits.flatMap((hit) => [hit.message, lineAt(directory, hit.at), lineAt(directory, hit.promised?.at)]);
    expect(
      places.some((text) => text.includes(names)),
      `${names} is not in ${places.join(' | ')}`,
    ).toBe(true);
  });

  // What is noticed by now is to be moved to `noticedBy: check`.
  it.each(VARIANTS.filter(({ noticedBy }) => noticedBy === 'none'))('$id: nobody notices it: $why', (variant) => {
    const problems = problemsOf(brokenCopy(scratch, variant), variant);
    expect(problems).toEqual([]);
  });
});
