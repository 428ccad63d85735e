import { writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { closeSenders } from '../helpers/telemetry/senders/table.ts';
import type { Assertion, EngineUrls } from './assertion.ts';
import { measureCheck } from './check-time.ts';
import { type Comparison, compare } from './compare.ts';
import { startEngines } from './engines.ts';
import { logqlAssertions } from './logql.ts';
import { measureMemory } from './memory.ts';
import { cheapestPromql, promqlAssertions } from './promql.ts';
import { pushStory } from './push-story.ts';
import { measureSenders } from './senders.ts';
import { printReport } from './table.ts';
import { traceqlAssertions } from './traceql.ts';

/**
 * `npm run bench [-- --quick]`: what Telltale itself costs, in ratios of one run, for absolute times say little about
 * another machine. Starts its own engines, writes `bench/latest.json`.
 */
const words = process.argv.slice(2);
const unknown = words.filter((word) => word !== '--quick');
if (unknown.length > 0) {
  console.error(`The bench takes --quick and nothing else, not ${unknown.join(' ')}.`);
  process.exit(2);
}
const quick = words.length > 0;
const progress = (text: string): void => void process.stderr.write(`${text}\n`);

/** An engine must not outlive us: local engines die with this process. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

progress('starting Prometheus, Loki, Collector, and Tempo where there is one');
const engines = await startEngines();
try {
  const { prometheus, loki, tempo } = engines;
  const urls: EngineUrls = { prometheus: prometheus.url, loki: loki.url, tempo: tempo?.url };
  progress('pushing the story');
  const story = await pushStory(engines, urls);

  const count = quick ? 200 : 1000;
  const promql = promqlAssertions(story, count);
  const slow = quick ? 100 : 1000;
  const logql = logqlAssertions(story, slow);
  const traceql = tempo === undefined ? [] : traceqlAssertions(story, slow);
  const queries: Comparison[] = [];
  const sets: readonly (readonly [name: string, assertions: readonly Assertion[], rounds: number])[] = [
    ['PromQL vector(1)', cheapestPromql(count, story.t0Ms), 9],
    ['PromQL instant', promql, 9],
    ['LogQL', logql, 3],
    ['TraceQL search', traceql, 3],
    ['mix of the three', mixOf(promql, logql, traceql), quick ? 3 : 5],
  ];
  for (const [name, assertions, rounds] of sets) {
    if (assertions.length === 0) continue;
    progress(`${assertions.length} × ${name}, ours and the bare loop in turn, ${rounds} rounds`);
    queries.push(await compare(name, urls, assertions, rounds));
  }

  progress('pushing with every sender');
  const senders = await measureSenders(engines, quick ? 300 : 2000);
  const traces = quick ? 2000 : 10_000;
  progress(`memory of a process that pushes ${traces} traces`);
  const memory = await measureMemory(engines, traces);
  progress('telltale check stack/otelcol');
  const check = await measureCheck(quick ? 3 : 7);

  const report = {
    at: new Date().toISOString(),
    quick,
    node: process.version,
    cores: availableParallelism(),
    loadAverage: loadavg(),
    engines: engines.versions,
    queries,
    senders,
    memory,
    check,
  };
  const path = join(import.meta.dirname, 'latest.json');
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
  printReport(report);
  console.log(`\n${relative(process.cwd(), path)}`);
} finally {
  closeSenders();
  await engines.stop();
}
// Kept-alive connections of the clients would hold the process for their idle time.
process.exit();

/** Seven PromQL, two LogQL and one TraceQL in ten, in turn. */
function mixOf(
  promql: readonly Assertion[],
  logql: readonly Assertion[],
  traceql: readonly Assertion[],
): readonly Assertion[] {
  return promql.map((assertion, index) => {
    const other = index % 10 === 9 ? traceql : index % 10 >= 7 ? logql : [];
    return other[index % other.length] ?? assertion;
  });
}
