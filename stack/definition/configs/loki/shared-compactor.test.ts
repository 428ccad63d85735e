import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStack } from '../../read-stack.ts';

const SCALABLE = join(import.meta.dirname, '../../../testdata/loki-scalable');

describe('retention of a Loki in several processes', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'telltale-test-'));
    cpSync(SCALABLE, directory, { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const broken = () => readStack(directory).promises.filter(({ state }) => state === 'broken');

  it('is promised by the one that runs the compactor', () => {
    expect(broken()).toEqual([]);
    expect(readStack(directory).promises.some(({ id }) => id.startsWith('retention.logs:backend'))).toBe(true);
  });

  it('is a broken promise of all where none runs it', () => {
    const path = join(directory, 'compose.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('-target=backend', '-target=query-frontend'));
    expect(broken().map(({ kind }) => kind)).toContain('retention.logs');
  });
});
