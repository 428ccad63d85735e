import { readFileSync } from 'node:fs';
import type { Results } from '../schemas/results.ts';
import { identityOf, nameOf } from './identity.ts';
import { renderJson } from './json.ts';
import { summarise } from './model.ts';
import { ReportError, systemReason } from './report-error.ts';
import { whyNotResults } from './validation.ts';
import { writeFileWhole } from './write-file.ts';

/** @throws ReportError */
export function writeResultsFile(path: string, results: Results): void {
  writeFileWhole(path, renderJson(results));
}

/**
 * Reads and checks a `results.json`: JSON, its schema, unique rows, and a summary that counts what is there.
 *
 * @throws ReportError with the path, the place and what to do.
 */
export function readResultsFile(path: string): Results {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ReportError(`${path} cannot be read: ${systemReason(error)}`);
  }
  return parseResults(text, path);
}

/** As {@link readResultsFile}, for a text that is at hand. */
export function parseResults(text: string, path: string): Results {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ReportError(`${path} is not JSON: ${systemReason(error)}; name a results.json that a run has written`);
  }
  const version = typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : 1;
  if (version !== 1) {
    throw new ReportError(
      `${path} has schemaVersion ${JSON.stringify(version)}, and this Telltale reads 1; render it with the version that wrote it`,
    );
  }
  const wrong = whyNotResults(value);
  if (wrong !== '') throw new ReportError(`${path} is not a results.json of Telltale: ${wrong}`);
  const results = value as Results;
  const seen = new Set<string>();
  for (const row of results.results) {
    const key = identityOf(row);
    if (seen.has(key))
      throw new ReportError(`${path} holds the row ${nameOf(row)} twice; (id, subject, column) must be unique`);
    seen.add(key);
  }
  const counted = JSON.stringify(summarise(results.results));
  const { pass, fail, warn, error, notApplicable, unsupported, blocked, notRun } = results.summary;
  if (JSON.stringify({ pass, fail, warn, error, notApplicable, unsupported, blocked, notRun }) !== counted) {
    throw new ReportError(
      `${path} has a summary that does not count its rows (they come to ${counted}); was it edited?`,
    );
  }
  return results;
}
