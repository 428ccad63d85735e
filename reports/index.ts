import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Results, RunEvent } from '../schemas/results.ts';
import { type Conclusion, type ConclusionOptions, conclude } from './conclusion.ts';
import { validateResults } from './contract.ts';
import { createEventsFile } from './events-file.ts';
import { FORMATS, type Format, RENDERINGS } from './formats.ts';
import { renderMarkdown } from './markdown.ts';
import { apply, createModel, toResults } from './model.ts';
import { NotWrittenError, ReportError, sentencesOf, systemReason } from './report-error.ts';
import { createLive } from './terminal/live.ts';
import { createPalette, wishesOf } from './terminal/palette.ts';
import { renderSummary } from './terminal/summary.ts';
import { writeFileWhole } from './write-file.ts';

export { type CompareOptions, type Comparison, compareResults } from './compare.ts';
export { type Conclusion, type ConclusionOptions, conclude } from './conclusion.ts';
export { readEventsFile } from './events-file.ts';
export { FORMATS, type Format } from './formats.ts';
export { mergeResults } from './merge.ts';
export { apply, createModel, DuplicateRowError, toResults } from './model.ts';
export { ReportError } from './report-error.ts';
export { readResultsFile } from './results-file.ts';
export { renderComparison } from './terminal/comparison.ts';
export { createPalette, type Palette, wishesOf } from './terminal/palette.ts';
export { renderSummary } from './terminal/summary.ts';

export interface ReporterOptions {
  /** The directory that receives everything; made where it is missing. */
  readonly out: string;
  /** Where the terminal's text goes. Standard output unless told; undefined for silence (`--json`). */
  readonly write?: ((text: string) => void) | undefined;
  readonly tty?: boolean;
  /** Width of the terminal; 80 where there is none. */
  readonly columns?: number;
  /** Unless told: colour on a terminal, but for NO_COLOR; FORCE_COLOR wins over the terminal. */
  readonly color?: boolean;
  readonly ascii?: boolean;
  /** Nothing while it runs, then failures and headline only. */
  readonly quiet?: boolean;
  readonly formats?: readonly Format[];
  /** A file that takes Markdown, as `GITHUB_STEP_SUMMARY` names it. */
  readonly stepSummary?: string | undefined;
  readonly judge?: ConclusionOptions;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Finished {
  readonly results: Results;
  readonly conclusion: Conclusion;
  /** Paths of what was written. */
  readonly files: readonly string[];
  /** What could not be written, as sentences; also shown on the terminal. */
  readonly problems: readonly string[];
}

export interface Reporter {
  /** @throws DuplicateRowError when a row comes twice: a mistake in a suite. */
  onEvent(event: RunEvent): void;
  /** Writes every rendering and shows the summary. Later calls give the first one's answer. */
  finish(): Promise<Finished>;
}

/**
 * The one consumer of a run's events: the events file, the terminal, and at the end every rendering. What an earlier
 * run left in `out` is taken away at the start (its results stay as `results.previous.json`), so that a run that dies
 * is never mistaken for it.
 *
 * @throws ReportError when `out` cannot be written to.
 */
export function createReporter(options: ReporterOptions): Reporter {
  const env = options.env ?? process.env;
  const tty = options.tty ?? process.stdout.isTTY === true;
  const write = 'write' in options ? (options.write ?? (() => {})) : toStandardOutput();
  const wishes = wishesOf(env, tty);
  const palette = createPalette({
    columns: options.columns ?? process.stdout.columns ?? 80,
    color: options.color ?? wishes.color,
    ascii: options.ascii ?? wishes.ascii,
  });
  const formats = options.formats ?? FORMATS;
  clearOut(options.out);
  const eventsFile = createEventsFile(join(options.out, 'events.ndjson'));
  const redraw = tty && (env.CI ?? '') === '' && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  const live = options.quiet === true ? undefined : createLive({ write, redraw, palette });
  const model = createModel();
  let finished: Finished | undefined;

  const finish = (): Finished => {
    live?.stop();
    eventsFile.close();
    const results = toResults(model);
    let conclusion = conclude(results, options.judge);
    const files = [eventsFile.path];
    const unwritten: NotWrittenError[] = [];
    const attempt = (work: () => string) => {
      try {
        files.push(work());
      } catch (error) {
        unwritten.push(error instanceof NotWrittenError ? error : new NotWrittenError('a report', error));
      }
    };
    for (const format of FORMATS.filter((name) => formats.includes(name))) {
      const { file, render } = RENDERINGS[format];
      attempt(() => {
        writeFileWhole(join(options.out, file), render(results, conclusion));
        return join(options.out, file);
      });
    }
    const { stepSummary } = options;
    if (stepSummary !== undefined && stepSummary !== '')
      attempt(() => appendStepSummary(stepSummary, results, conclusion));
    const problems = [...(eventsFile.problem === undefined ? [] : [eventsFile.problem]), ...sentencesOf(unwritten)];
    if (problems.length > 0 && conclusion.exitCode === 0) {
      // Whoever reads only the files would see an older run's, or none.
      conclusion = {
        kind: 'unproved',
        exitCode: 3,
        sentence: `${conclusion.sentence}, but not every report could be written`,
      };
    }
    const breaches = validateResults(results).map((breach) => `a fault of a suite: ${breach}`);
    const shown = [...problems, ...breaches];
    const lines = renderSummary(results, palette, {
      quiet: options.quiet === true,
      conclusion,
      files,
      problems: shown,
    });
    write(`${lines.join('\n')}\n`);
    return { results, conclusion, files, problems: shown };
  };

  return {
    onEvent(event) {
      eventsFile.append(event);
      apply(model, event);
      live?.onEvent(event);
    },
    async finish() {
      finished ??= finish();
      return finished;
    },
  };
}

function clearOut(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
    const results = join(out, RENDERINGS.json.file);
    if (existsSync(results)) renameSync(results, join(out, 'results.previous.json'));
    for (const { file } of Object.values(RENDERINGS)) rmSync(join(out, file), { force: true });
  } catch (error) {
    throw new ReportError(`the directory ${out} cannot be written to: ${systemReason(error)}`);
  }
}

function appendStepSummary(path: string, results: Results, conclusion: Conclusion): string {
  try {
    appendFileSync(path, renderMarkdown(results, { conclusion }));
    return path;
  } catch (error) {
    throw new NotWrittenError(`the step summary ${path}`, error);
  }
}

/** A reader that has gone (`| head`) or a full disk behind `>` must not end a run that still has to clean up. */
function toStandardOutput(): (text: string) => void {
  let broken = false;
  process.stdout.on('error', () => {
    broken = true;
  });
  return (text) => {
    if (!broken) process.stdout.write(text);
  };
}
