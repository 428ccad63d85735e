import { describe, expect, it } from 'vitest';
import { formatPosition, InputError } from '../position.ts';
import { readCompose } from './read-compose.ts';
import { withFiles } from './testing/fixtures.ts';
import { REFUSALS } from './testing/refusals.ts';

function refusalOf(read: () => unknown): InputError {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what compose refuses, with place and remedy', () => {
  it.each(REFUSALS)('$title', ({ files, options, at, message, remedy }) => {
    const error = withFiles(files, (directory) =>
      refusalOf(() => readCompose(directory, { environment: {}, ...options })),
    );
    expect(error.message).toContain(message);
    expect(error.at === undefined ? '' : formatPosition(error.at)).toBe(at);
    if (remedy !== undefined) expect(error.remedy).toContain(remedy);
    expect(error.message).toMatch(/\.$/);
    expect(error.remedy).toMatch(/[.?]$/);
  });

  it('a directory that is not there, and one that is a file', () => {
    withFiles({ file: '' }, (directory) => {
      expect(refusalOf(() => readCompose(`${directory}/nope`)).message).toContain('There is no directory');
      expect(refusalOf(() => readCompose(`${directory}/file`)).message).toContain('is not a directory');
    });
  });
});
