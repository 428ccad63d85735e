import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderMarkdown, STEP_SUMMARY_BYTES } from './markdown.ts';
import { rows } from './testing/arbitrary-rows.ts';
import { resultsWith, rowWith, sampleResults } from './testing/sample-results.ts';

it('shows the sample', async () => {
  await expect(renderMarkdown(sampleResults())).toMatchFileSnapshot('./fixtures/summary.md');
});

const count = (text: string, part: string) => text.split(part).length - 1;

it('is cut by a sentence before GitHub would drop it, and leaves no element open', () => {
  const many = Array.from({ length: 3000 }, (_, i) =>
    rowWith({ id: `A-${i}`, verdict: i % 2 === 0 ? 'fail' : 'pass', message: 'ö'.repeat(600), title: 't'.repeat(200) }),
  );
  const page = renderMarkdown(resultsWith(many));
  expect(Buffer.byteLength(page)).toBeLessThan(STEP_SUMMARY_BYTES);
  expect(Buffer.byteLength(page)).toBeGreaterThan(STEP_SUMMARY_BYTES * 0.95);
  expect(page).toMatch(
    /\*\*This page is cut here:\*\* \d+ more entries did not fit\. results\.json and index\.html have all of them\.\n$/,
  );
  expect(count(page, '<details')).toBe(count(page, '</details>'));
});

it('closes its elements when the cut goes through a table', () => {
  const passing = Array.from({ length: 3000 }, (_, i) => rowWith({ id: `A-${i}` }));
  const page = renderMarkdown(resultsWith(passing), { mostBytes: 20_000 });
  expect(Buffer.byteLength(page)).toBeLessThan(20_000);
  expect(page).toContain('| A-17 |');
  expect(page).toContain('This page is cut here');
  expect(count(page, '<details')).toBe(count(page, '</details>'));
});

it('lets no text become markup', () => {
  fc.assert(
    fc.property(rows, (made) => {
      const page = renderMarkdown(resultsWith(made));
      expect(page.match(/<(?!\/?(?:details|summary|b|code|p|pre|br)\b)/g)).toBeNull();
      expect(page).not.toMatch(/[^\P{Cc}\n]|\p{Surrogate}/u);
      // Every line of a table has as many cells as its head.
      for (const table of page.match(/(?:^\|.*\|$\n)+/gm) ?? []) {
        expect(
          new Set(
            table
              .trimEnd()
              .split('\n')
              .map((line) => count(line, '|')),
          ).size,
        ).toBe(1);
      }
      // A blank line within an HTML block would end it, and what follows would be read as Markdown.
      for (const block of page.match(/<p>[\s\S]*?<\/details>/g) ?? []) expect(block).not.toContain('\n\n');
    }),
    { numRuns: 100 },
  );
});
