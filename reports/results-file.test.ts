import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Results } from '../schemas/results.ts';
import { parseResults, readResultsFile, writeResultsFile } from './results-file.ts';
import { rows } from './testing/arbitrary-rows.ts';
import { resultsWith, sampleResults } from './testing/sample-results.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'telltale-reports-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('gives back what was written, and leaves no draft behind', () => {
  const path = join(directory, 'results.json');
  writeResultsFile(path, sampleResults());
  expect(readResultsFile(path)).toEqual(sampleResults());
  expect(readdirSync(directory)).toEqual(['results.json']);
});

it('gives back any rows', () => {
  fc.assert(
    fc.property(rows, (made) => {
      const results = resultsWith(made);
      expect(parseResults(JSON.stringify(results), 'r.json')).toEqual(JSON.parse(JSON.stringify(results)));
    }),
    { numRuns: 50 },
  );
});

it('leaves the older file whole when the new one cannot be written', () => {
  const path = join(directory, 'results.json');
  writeResultsFile(path, sampleResults());
  const before = readFileSync(path, 'utf8');
  rmSync(`${path}.${process.pid}.tmp`, { force: true });
  expect(() => writeResultsFile(join(path, 'below', 'results.json'), sampleResults())).toThrow(/was not written: /);
  expect(readFileSync(path, 'utf8')).toBe(before);
});

describe('a file that is not what it should be', () => {
  const changed = (change: (results: Record<string, unknown>) => void) => {
    const copy = structuredClone(sampleResults()) as unknown as Record<string, unknown>;
    change(copy);
    return () => parseResults(JSON.stringify(copy), 'old.json');
  };
  const first = sampleResults().results[0];

  it.each<[string, () => unknown, RegExp]>([
    ['not JSON', () => parseResults('{', 'old.json'), /^old\.json is not JSON: /],
    [
      'something else',
      () => parseResults('[]', 'old.json'),
      /^old\.json is not a results\.json of Telltale: the document must be object/,
    ],
    [
      'another version',
      changed((r) => {
        r.schemaVersion = 2;
      }),
      /^old\.json has schemaVersion 2, and this Telltale reads 1/,
    ],
    [
      'a missing part',
      changed((r) => {
        delete r.engines;
      }),
      /the document must have required property 'engines'/,
    ],
    [
      'an unknown verdict',
      changed((r) => {
        r.results = [{ ...first, verdict: 'passed' }];
      }),
      /\/results\/0\/verdict must be one of pass, fail, .* and is "passed"/,
    ],
    [
      'a row twice',
      changed((r) => {
        r.results = [first, first];
      }),
      /^old\.json holds the row READY-01 gateway twice/,
    ],
    [
      'a summary that does not add up',
      changed((r) => {
        r.summary = { ...sampleResults().summary, pass: 99 };
      }),
      /summary that does not count its rows/,
    ],
  ])('%s', (_, read, sentence) => {
    expect(read).toThrow(sentence);
  });

  it('no file', () => {
    expect(() => readResultsFile(join(directory, 'none.json'))).toThrow(
      /none\.json cannot be read: there is no such file$/,
    );
    writeFileSync(join(directory, 'a'), '');
    expect(() => readResultsFile(directory)).toThrow(/cannot be read: it is a directory$/);
  });

  it.each(
    Object.keys(sampleResults().results.find((row) => row.verdict === 'pass') ?? {}).filter((key) => key !== 'source'),
  )('a row without %s', (key) => {
    const results: Results = sampleResults();
    const broken = {
      ...results,
      results: results.results.map((row, i) => (i === 0 ? { ...row, [key]: undefined } : row)),
    };
    expect(() => parseResults(JSON.stringify(broken), 'old.json')).toThrow(
      `/results/0 must have required property '${key}'`,
    );
  });
});
