import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkStack, type Problem } from '../check/check-stack.ts';
import type { Position } from '../position.ts';
import { readStack } from '../read-stack.ts';

const TESTDATA = fileURLToPath(new URL('../../testdata/', import.meta.url));

interface Edit {
  readonly file: string;
  readonly line: string;
  readonly to?: string;
  readonly breaks: string;
  readonly names: string;
}

const EDITS = parse(readFileSync(join(TESTDATA, 'one-line-edits.yaml'), 'utf8')) as Record<string, Edit[]>;
const STACKS = readdirSync(TESTDATA, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const scratch = mkdtempSync(join(tmpdir(), 'telltale-edits-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
cpSync(TESTDATA, scratch, { recursive: true });

function problemsOf(directory: string): readonly Problem[] {
  return checkStack(readStack(directory, { environment: {} })).problems;
}

/** Runs `look` on the stack with the line edited, and puts the file back. */
function edited<T>(
  stack: string,
  { file, line, to }: Omit<Edit, 'breaks' | 'names'>,
  look: (directory: string) => T,
): T {
  const path = join(scratch, stack, file);
  const before = readFileSync(path, 'utf8');
  const lines = before.split('\n');
  const index = lines.findIndex((one) => one.includes(line));
  expect(index, `${stack}/${file} has no line with "${line}"`).toBeGreaterThanOrEqual(0);
  const old = lines[index] ?? '';
  const after = to === undefined ? lines.toSpliced(index, 1) : lines.with(index, old.replace(line, to));
  writeFileSync(path, after.join('\n'));
  try {
    return look(join(scratch, stack));
  } finally {
    writeFileSync(path, before);
  }
}

function lineAt(directory: string, at: Position | undefined): string {
  if (at === undefined) return '(no position)';
  return readFileSync(join(directory, at.file), 'utf8').split('\n')[at.line - 1] ?? '(no such line)';
}

describe.each(STACKS)('%s', (stack) => {
  it('is healthy: no finding, no broken promise', () => {
    const problems = problemsOf(join(TESTDATA, stack));
    expect(problems.map(({ id, at, message }) => `${at?.file}:${at?.line} ${id}: ${message}`)).toEqual([]);
  });

  it.each(EDITS[stack] ?? [])('$file: "$line" → "$to" breaks $breaks', (edit) => {
    edited(stack, edit, (directory) => {
      const problems = problemsOf(directory);
      const hit = problems.find(({ id, also }) => [id, ...also].some((one) => one.startsWith(edit.breaks)));
      const told = problems.map(({ id, also, message }) => `${[id, ...also].join(' + ')}: ${message}`).join('\n');
      expect(hit, `not noticed; seen instead:\n${told}`).toBeDefined();
      const places = [hit?.at, hit?.promised?.at].map((at) => lineAt(directory, at));
      expect(
        places.some((text) => text.includes(edit.names)),
        `${edit.names} is not in ${places.join(' | ')}`,
      ).toBe(true);
    });
  });
});
