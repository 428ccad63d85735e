import { apply, createModel, ReportError, readEventsFile, readResultsFile, toResults } from '../../reports/index.ts';
import type { Results } from '../../schemas/results.ts';
import { InputError } from '../../stack/definition/position.ts';

/**
 * `results.json`, or the events of a run that died before it had any.
 * @throws InputError where the file is not there or is neither.
 */
export function readResults(path: string): Results {
  try {
    if (!path.endsWith('.ndjson')) return readResultsFile(path);
    const model = createModel();
    for (const event of readEventsFile(path).events) apply(model, event);
    return toResults(model);
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    const remedy = 'Name the results.json (or events.ndjson) that an earlier run wrote into its --out directory.';
    throw new InputError(error.message, { remedy, cause: error });
  }
}
