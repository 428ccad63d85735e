import type { Results } from '../schemas/results.ts';
import { groupBy } from './group-by.ts';
import { identityOf, nameOf } from './identity.ts';
import { summarise } from './model.ts';
import { ReportError } from './report-error.ts';

/**
 * Joins the shards of one run: a row that several shards hold counts with the verdict of the one that ran it.
 * The time is that of the slowest shard; what is incomplete in one is incomplete in all.
 *
 * @throws ReportError when there is none, when they are of different stacks, or when two shards ran the same row.
 */
export function mergeResults(shards: readonly Results[]): Results {
  const [first, ...others] = shards;
  if (first === undefined) throw new ReportError('there are no results to merge; name at least one results.json');
  if (others.length === 0) return first;
  const other = others.find((shard) => shard.run.stack !== first.run.stack);
  if (other !== undefined) {
    throw new ReportError(
      `results of different stacks cannot be merged: ${first.run.stack} and ${other.run.stack}; use compare to hold two runs against each other`,
    );
  }
  const groups = groupBy(
    shards.flatMap((shard) => shard.results),
    identityOf,
  );
  const results = [...groups.values()].flatMap((rows) => {
    const ran = rows.filter((row) => row.verdict !== 'not-run');
    const [one, two] = ran;
    if (one !== undefined && two !== undefined && JSON.stringify(one) !== JSON.stringify(two)) {
      throw new ReportError(
        `two of the results hold a verdict for ${nameOf(one)}, ${one.verdict} and ${two.verdict}; they are not shards of one run`,
      );
    }
    return (one === undefined ? rows : ran).slice(0, 1);
  });
  const engines = groupBy(
    shards.flatMap((shard) => shard.engines),
    (engine) => JSON.stringify([engine.service, engine.engine, engine.version]),
  );
  const worst = ['interrupted', 'failed', 'crashed'].flatMap(
    (outcome) => shards.find((shard) => shard.run.outcome === outcome) ?? [],
  );
  return {
    ...first,
    run: {
      ...first.run,
      durationMs: Math.max(...shards.map((shard) => shard.run.durationMs)),
      criticalPathMs: Math.max(...shards.map((shard) => shard.run.criticalPathMs)),
      ...(worst[0]?.run.outcome === undefined ? {} : { outcome: worst[0].run.outcome }),
      ...(shards.some((shard) => shard.run.incomplete === true) ? { incomplete: true } : {}),
    },
    engines: [...engines.values()].flatMap((same) => same.slice(0, 1)),
    notes: [...new Set(shards.flatMap((shard) => shard.notes))],
    summary: summarise(results),
    results,
  };
}
