import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Results } from '../../schemas/results.ts';
import { compareResults } from '../compare.ts';
import { rows } from '../testing/arbitrary-rows.ts';
import { resultsWith, rowWith, sampleResults } from '../testing/sample-results.ts';
import { totalOf } from '../verdicts.ts';
import { renderComparison } from './comparison.ts';
import { createPalette } from './palette.ts';
import { renderSummary } from './summary.ts';
import { widthOf } from './width.ts';

const files = ['telltale-report/events.ndjson', 'telltale-report/results.json', 'telltale-report/index.html'];

function page(results: Results, columns: number, style: 'plain' | 'colour' | 'ascii' = 'plain', quiet = false): string {
  const palette = createPalette({ columns, color: style === 'colour', ascii: style === 'ascii' });
  return `${renderSummary(results, palette, { files, quiet }).join('\n')}\n`;
}

describe('the sample run', () => {
  it.each([
    [80, 'plain'],
    [80, 'colour'],
    [80, 'ascii'],
    [120, 'plain'],
    [120, 'colour'],
  ] as const)('at %i columns, %s', async (columns, style) => {
    await expect(page(sampleResults(), columns, style)).toMatchFileSnapshot(
      `../fixtures/terminal-${columns}-${style}.txt`,
    );
  });

  it('quietly', async () => {
    await expect(page(sampleResults(), 80, 'plain', true)).toMatchFileSnapshot('../fixtures/terminal-80-quiet.txt');
  });

  it('cut short', async () => {
    await expect(page(sampleResults({ cutShort: 'interrupted' }), 80)).toMatchFileSnapshot(
      '../fixtures/terminal-80-interrupted.txt',
    );
  });

  it('says the same with and without colour', () => {
    expect(stripVTControlCharacters(page(sampleResults(), 80, 'colour'))).toBe(page(sampleResults(), 80));
  });

  it('is told apart without colour or Unicode', () => {
    expect(page(sampleResults({ healthy: true }), 80, 'ascii')).toMatch(/^[\x20-\x7e\n]*$/);
  });
});

it('no line is wider than the terminal, no control character gets through, every row is counted', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 40, max: 200 }), fc.boolean(), (all, columns, ascii) => {
      const results = resultsWith(all);
      const palette = createPalette({ columns, color: false, ascii });
      const lines = renderSummary({ ...results, notes: all.map((row) => row.message) }, palette, { files });
      const tooWide = lines.filter((line) => widthOf(line) > columns);
      expect(tooWide).toEqual([]);
      expect(lines.join('')).not.toMatch(/\p{Cc}|\p{Surrogate}/u);
      const said = lines.join('\n');
      const total = totalOf(results.summary);
      expect(said).toContain(`${total} ${total === 1 ? 'row' : 'rows'}:`);
      const compared = renderComparison(
        compareResults(resultsWith(all.slice(0, 9)), resultsWith(all.slice(5))),
        palette,
      );
      expect(compared.filter((line) => widthOf(line) > columns)).toEqual([]);
      expect(compared.join('')).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: 100 },
  );
});

it('shows in the matrix each row that is not a pass, and counts the passes that it leaves out', () => {
  const many = Array.from({ length: 500 }, (_, i) =>
    rowWith({ id: `Q-${i}`, area: 'promql', verdict: i % 100 === 99 ? 'unsupported' : 'pass', message: 'm' }),
  );
  const lines = page(resultsWith(many), 80).split('\n');
  expect(lines.filter((line) => /^Q-\d+ .*–$/.test(line))).toHaveLength(5);
  expect(lines.filter((line) => /^Q-\d+ .*✓$/.test(line))).toHaveLength(30);
  expect(lines).toContain('and 465 more requirements, all 465 of their rows ✓ pass');
});

it('shows every row of a matrix that is wider than the terminal exactly once, in bands', () => {
  const wide = Array.from({ length: 12 }, (_, i) =>
    rowWith({ id: 'W-01', subject: `service-${i}`, column: `protocol-${i}` }),
  );
  const lines = page(resultsWith(wide), 80).split('\n');
  expect(
    lines
      .filter((line) => line.startsWith('W-01'))
      .join('')
      .match(/✓/g),
  ).toHaveLength(12);
  for (let i = 0; i < 12; i += 1) expect(lines.join('\n')).toContain(`protocol-${i}`);
});
