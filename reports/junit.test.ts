import { DOMParser, type Element } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderJUnit } from './junit.ts';
import { rows } from './testing/arbitrary-rows.ts';
import { resultsWith, sampleResults } from './testing/sample-results.ts';

/** Reads XML strictly: anything that is not well-formed throws. */
function parse(xml: string) {
  const onError = (level: string, message: string) => {
    throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(xml, 'text/xml');
}

const all = (document: ReturnType<typeof parse>, name: string): Element[] => [...document.getElementsByTagName(name)];
const sum = (elements: readonly Element[], name: string) =>
  elements.reduce((total, at) => total + Number(at.getAttribute(name)), 0);

it('has a case for every row of the sample, and says what is wrong', async () => {
  const xml = renderJUnit(sampleResults());
  await expect(xml).toMatchFileSnapshot('./fixtures/junit.xml');
  const [failure] = all(parse(xml), 'failure');
  expect(failure?.textContent).toContain("asked: curl -sG 'http://127.0.0.1:9090/api/v1/query'");
  expect(all(parse(xml), 'system-out')[0]?.textContent).toMatch(/^warn \(SHOULD\): Answers 200/);
});

it('is well-formed XML 1.0 whatever the rows hold, and its counts agree with its cases', () => {
  fc.assert(
    fc.property(rows, (made) => {
      const results = resultsWith(made);
      const xml = renderJUnit(results);
      expect(xml).not.toMatch(/[^\n\t\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
      const document = parse(xml);
      const suites = all(document, 'testsuite');
      expect(all(document, 'testcase')).toHaveLength(made.length);
      expect(sum(suites, 'tests')).toBe(made.length);
      expect(sum(suites, 'failures')).toBe(all(document, 'failure').length);
      expect(all(document, 'failure')).toHaveLength(results.summary.fail);
      expect(all(document, 'error')).toHaveLength(results.summary.error);
      expect(sum(suites, 'skipped')).toBe(all(document, 'skipped').length);
      const names = all(document, 'testcase').map((at) => at.getAttribute('name') ?? '');
      for (const [i, row] of made.entries()) {
        if (/^[A-Z0-9-]+$/.test(row.id))
          expect(
            names.some((name) => name.startsWith(row.id)),
            `row ${i}`,
          ).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});
