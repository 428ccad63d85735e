import { describe, expect, it } from 'vitest';
import { inParallel, median } from './pool.ts';

describe('inParallel', () => {
  it('runs every item once, never more at a time than asked', async () => {
    let now = 0;
    let most = 0;
    const seen: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(item);
      now--;
    });
    expect(most).toBe(3);
    expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('ends with the first failure', async () => {
    const failing = inParallel(['a', 'b'], 2, async (item) => {
      if (item === 'b') throw new Error('wrong answer');
    });
    await expect(failing).rejects.toThrow('wrong answer');
  });
});

describe('median', () => {
  it('is the middle, or between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 9, 2])).toBe(3);
    expect(() => median([])).toThrow('no median');
  });
});
