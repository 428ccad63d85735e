import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { ConclusionOptions } from '../../reports/conclusion.ts';
import { createReporter, ReportError, type Reporter } from '../../reports/index.ts';
import type { RunEvent } from '../../schemas/results.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { insideNamespaces, probeNamespaces, reenterInNamespaces } from '../../stack/drivers/native/namespaces.ts';
import { MachineError } from '../../stack/drivers/types.ts';
import { allRequirements } from '../../suites/registry.ts';
import { outcomeAfter, runStack } from '../../suites/runner/run-stack.ts';
import { explain } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { ownVersion } from '../own-version.ts';
import { compareWithBaseline } from '../report/compare-command.ts';
import { readResults } from '../report/read-results.ts';
import { readNamedStack } from '../stack-options.ts';
import { checkWords } from './check-words.ts';
import { chooseDriver } from './choose-driver.ts';
import { stopOnSignals } from './stop-on-signals.ts';

export interface RunOptions {
  readonly stack: string;
  readonly file?: string[] | undefined;
  readonly profile?: string[] | undefined;
  readonly driver: string;
  readonly full: boolean;
  readonly area?: string[] | undefined;
  readonly service?: string[] | undefined;
  readonly id?: string[] | undefined;
  readonly failFast: boolean;
  readonly out: string;
  readonly baseline?: string | undefined;
  readonly seed?: number | undefined;
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
  readonly strict: boolean;
  readonly allowBlocked: boolean;
  readonly timeout?: number | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Set by the outer process for the inner one, so that both agree and nothing is chosen twice. */
const CHOSEN = 'TELLTALE_CHOSEN';

/** One run. Resolves to the exit code. @throws InputError, MachineError before anything was started. */
export async function runCommand(options: RunOptions): Promise<number> {
  const definition = readNamedStack(options.stack, options);
  checkWords(options, definition);
  const inside = insideNamespaces();
  const why = inside ? (process.env[CHOSEN] ?? '') : undefined;
  const choice =
    why === undefined
      ? await chooseDriver(options.driver as 'auto' | 'native' | 'compose', definition)
      : { driver: (await import('../../stack/drivers/native/driver.ts')).nativeDriver, why };
  if (choice.driver.name === 'native' && !inside) {
    const probe = await probeNamespaces();
    if (!probe.ok) throw new MachineError(probe.reason, { remedy: probe.remedy });
    return reenterInNamespaces(probe.mode, { ...process.env, [CHOSEN]: choice.why });
  }
  return runHere(options, definition, choice);
}

async function runHere(
  options: RunOptions,
  definition: StackDefinition,
  { driver, why }: Awaited<ReturnType<typeof chooseDriver>>,
): Promise<number> {
  // Read before the reporter takes an older run's files away: they may be one and the same.
  const baseline = options.baseline === undefined ? undefined : readResults(resolve(options.baseline));
  const runId = `t${Date.now().toString(36)}${randomBytes(3).toString('hex')}`;
  const reporter = openReporter(options);
  const stop = stopOnSignals();
  const timer =
    options.timeout === undefined
      ? undefined
      : setTimeout(
          () => stop.abort(new DOMException(`the ${options.timeout} s of --timeout are over`, 'TimeoutError')),
          options.timeout * 1000,
        );
  const emit = (event: RunEvent): void => reporter.onEvent(event);
  emit({
    type: 'run-started',
    at: new Date().toISOString(),
    run: {
      id: runId,
      startedAt: new Date().toISOString(),
      command: `telltale ${process.argv.slice(2).join(' ')}`,
      driver: driver.name,
      stack: definition.directory,
      seed: options.seed ?? Number.parseInt(randomBytes(3).toString('hex'), 16),
      telltale: ownVersion(),
    },
  });
  emit({ type: 'note', at: new Date().toISOString(), message: `Driver ${driver.name}: ${why}.` });
  let failure: unknown;
  try {
    await runStack({
      runId,
      definition,
      driver,
      requirements: allRequirements(),
      selection: {
        full: options.full,
        ...(options.area ? { areas: options.area } : {}),
        ...(options.service ? { services: options.service } : {}),
        ...(options.id ? { ids: options.id } : {}),
        ...(options.shard ? { shard: options.shard } : {}),
      },
      start: { scratch: '' },
      failFast: options.failFast,
      signal: stop.signal,
      emit,
    });
  } catch (error) {
    failure = error;
    const { text } = explain(error);
    emit({
      type: 'run-finished',
      at: new Date().toISOString(),
      durationMs: 0,
      criticalPathMs: 0,
      outcome: outcomeAfter(stop.signal) ?? 'failed',
      message: stop.signal.aborted ? String(stop.signal.reason?.message) : text,
    });
  }
  clearTimeout(timer);
  const { results, conclusion } = await reporter.finish();
  if (options.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  if (failure !== undefined && !stop.signal.aborted) {
    const { text, code } = explain(failure);
    process.stderr.write(`${text}\n`);
    return code;
  }
  if (baseline === undefined || conclusion.exitCode === EXIT.interrupted) return conclusion.exitCode;
  const { gate } = compareWithBaseline(baseline, results, judgeOf(options));
  return conclusion.exitCode === EXIT.ok && !gate.open ? EXIT.failed : conclusion.exitCode;
}

function judgeOf({ strict, allowBlocked }: RunOptions): ConclusionOptions {
  return { strict, allowBlocked };
}

/** @throws MachineError where the reports cannot be written: better now than after the run. */
function openReporter(options: RunOptions): Reporter {
  try {
    return createReporter({
      out: resolve(options.out),
      quiet: options.quiet,
      stepSummary: process.env.GITHUB_STEP_SUMMARY,
      judge: judgeOf(options),
      ...(options.json ? { write: undefined } : {}),
    });
  } catch (error) {
    if (!(error instanceof ReportError)) throw error;
    const message = `${error.message[0]?.toUpperCase()}${error.message.slice(1)}.`;
    throw new MachineError(message, { remedy: 'Name a directory that you may write to: --out DIR.', cause: error });
  }
}
