import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ResultRow, rowKeyOf } from '../schemas/results.ts';
import { readStack } from '../stack/definition/read-stack.ts';
import { nativeDriver } from '../stack/drivers/native/driver.ts';
import { allRequirements } from './registry.ts';
import { planChecks } from './runner/plan.ts';
import { runStack } from './runner/run-stack.ts';

/**
 * The registry under vitest: one test a row, the very same checks and runner as `telltale run`. `npm run suites --
 * DIR` starts vitest inside the namespaces that the native driver needs.
 */
const directory = resolve(process.env.TELLTALE_SUITE_STACK ?? 'stack/otelcol');
const definition = readStack(directory);
const selection = { full: false };
const planned = planChecks(allRequirements(), definition, selection).filter(({ skip }) => skip === undefined);
const rows = new Map(planned.map(({ row }) => [rowKeyOf(row), Promise.withResolvers<ResultRow>()]));
const stop = new AbortController();
let run: Promise<void> = Promise.resolve();

beforeAll(() => {
  run = runStack({
    runId: `vitest${process.pid}`,
    definition,
    driver: nativeDriver,
    requirements: allRequirements(),
    selection,
    start: { scratch: '' },
    failFast: false,
    signal: stop.signal,
    emit: (event) => {
      if (event.type === 'row') rows.get(rowKeyOf(event.row))?.resolve(event.row);
    },
  });
  run.catch((error: unknown) => {
    for (const { reject, promise } of rows.values()) {
      promise.catch(() => {});
      reject(error);
    }
  });
});

afterAll(async () => {
  stop.abort();
  await run.catch(() => {});
});

describe(definition.name, () => {
  it.concurrent.each(planned.map(({ row }) => [row.id, row.subject, row.column, row.title, rowKeyOf(row)] as const))(
    '%s %s %s: %s',
    async (_id, _subject, _column, _title, key) => {
      const row = await rows.get(key)?.promise;
      expect(row?.verdict, `${row?.message} ${row?.remedy ?? ''}`).toBeOneOf([
        'pass',
        'warn',
        'not-applicable',
        'unsupported',
      ]);
    },
    180_000,
  );
});
