import type {
  EngineRow,
  Phase,
  PlannedRow,
  ResultRow,
  Results,
  RunEvent,
  RunInfo,
  Summary,
  Verdict,
} from '../schemas/results.ts';
import { identityOf, nameOf } from './identity.ts';

export type RunOutcome = 'completed' | 'interrupted' | 'failed' | 'crashed';

export interface PhaseRecord {
  readonly phase: Phase;
  readonly title: string;
  readonly startedAt: string;
  /** Absent while it runs, and for ever when the run ended inside it. */
  durationMs?: number;
}

/** What is known of a run at one moment: a fold over its events. Only {@link apply} changes it. */
export interface RunModel {
  run: Extract<RunEvent, { type: 'run-started' }>['run'] | undefined;
  readonly phases: PhaseRecord[];
  /** By service, engine and version. */
  readonly engines: Map<string, EngineRow>;
  readonly notes: string[];
  readonly planned: Map<string, PlannedRow>;
  readonly rows: Map<string, ResultRow>;
  finished: Extract<RunEvent, { type: 'run-finished' }> | undefined;
  lastEventAt: string | undefined;
}

/** Two verdicts, or two plans, for the same (id, subject, column): a mistake in a suite, never in the stack. */
export class DuplicateRowError extends Error {
  override readonly name = 'DuplicateRowError';
}

export function createModel(): RunModel {
  return {
    run: undefined,
    phases: [],
    engines: new Map(),
    notes: [],
    planned: new Map(),
    rows: new Map(),
    finished: undefined,
    lastEventAt: undefined,
  };
}

/**
 * Takes one event into the model and returns that model.
 *
 * @throws DuplicateRowError naming both rows when (id, subject, column) is not unique.
 */
export function apply(model: RunModel, event: RunEvent): RunModel {
  model.lastEventAt = event.at;
  switch (event.type) {
    case 'run-started':
      model.run = event.run;
      break;
    case 'phase-started':
      model.phases.push({ phase: event.phase, title: event.title, startedAt: event.at });
      break;
    case 'phase-finished': {
      const open = model.phases.findLast((record) => record.phase === event.phase && record.durationMs === undefined);
      if (open !== undefined) open.durationMs = event.durationMs;
      break;
    }
    case 'progress':
      break;
    case 'note':
      if (!model.notes.includes(event.message)) model.notes.push(event.message);
      break;
    case 'engine': {
      const { service, engine, version } = event.engine;
      model.engines.set(JSON.stringify([service, engine, version]), event.engine);
      break;
    }
    case 'rows-planned':
      for (const row of event.rows) plan(model, row);
      break;
    case 'row':
      settle(model, event.row);
      break;
    case 'run-finished':
      model.finished = event;
      break;
  }
  return model;
}

function plan(model: RunModel, row: PlannedRow): void {
  const key = identityOf(row);
  const first = model.planned.get(key);
  if (first !== undefined) {
    throw new DuplicateRowError(
      `the row ${nameOf(row)} was planned twice, as “${first.title}” (${first.area}) and as “${row.title}” ` +
        `(${row.area}); (id, subject, column) must be unique in a run, so give one of them another column`,
    );
  }
  model.planned.set(key, row);
}

function settle(model: RunModel, row: ResultRow): void {
  const key = identityOf(row);
  const first = model.rows.get(key);
  if (first !== undefined) {
    throw new DuplicateRowError(
      `the row ${nameOf(row)} was given two verdicts, ${first.verdict} (“${first.title}”: ${first.message}) and ` +
        `${row.verdict} (“${row.title}”: ${row.message}); (id, subject, column) must be unique in a run`,
    );
  }
  model.rows.set(key, row);
}

/** Counts every verdict; the sum is the number of rows. */
export function summarise(rows: Iterable<{ readonly verdict: Verdict }>): Summary {
  const counts: Record<Verdict, number> = {
    pass: 0,
    fail: 0,
    warn: 0,
    error: 0,
    blocked: 0,
    unsupported: 0,
    'not-applicable': 0,
    'not-run': 0,
  };
  for (const row of rows) counts[row.verdict] += 1;
  const { pass, fail, warn, error, unsupported, blocked } = counts;
  return {
    pass,
    fail,
    warn,
    error,
    notApplicable: counts['not-applicable'],
    unsupported,
    blocked,
    notRun: counts['not-run'],
  };
}

/** How the run ended; `crashed` where nothing says that it did. */
export function outcomeOf(model: RunModel): RunOutcome {
  return model.finished?.outcome ?? 'crashed';
}

/**
 * The results as they stand. Rows that were planned and have no verdict become `not-run` with the reason; only where
 * the run says that it completed are they `error`, since a promise that was silently not looked at must not look well.
 */
export function toResults(model: RunModel): Results {
  const outcome = outcomeOf(model);
  const rows: ResultRow[] = [];
  for (const [key, planned] of model.planned) rows.push(model.rows.get(key) ?? withoutVerdict(model, planned));
  for (const [key, row] of model.rows) if (!model.planned.has(key)) rows.push(row);
  const notes = [...model.notes];
  if (outcome !== 'completed') notes.push(`This run is incomplete: ${endOf(model)}.`);
  return {
    schemaVersion: 1,
    run: runInfo(model, outcome),
    engines: [...model.engines.values()],
    notes,
    summary: summarise(rows),
    results: rows,
  };
}

function runInfo(model: RunModel, outcome: RunOutcome): RunInfo {
  const run = model.run ?? {
    id: 'unknown',
    startedAt: model.lastEventAt ?? new Date(0).toISOString(),
    command: 'unknown',
    driver: 'unknown',
    stack: 'unknown',
    seed: 0,
    telltale: 'unknown',
  };
  return {
    ...run,
    durationMs: model.finished?.durationMs ?? elapsedMs(model),
    criticalPathMs: model.finished?.criticalPathMs ?? 0,
    outcome,
    ...(outcome === 'completed' ? {} : { incomplete: true }),
  };
}

function elapsedMs(model: RunModel): number {
  if (model.run === undefined || model.lastEventAt === undefined) return 0;
  return Math.max(0, Date.parse(model.lastEventAt) - Date.parse(model.run.startedAt)) || 0;
}

function withoutVerdict(model: RunModel, planned: PlannedRow): ResultRow {
  const completed = outcomeOf(model) === 'completed';
  return {
    ...planned,
    verdict: completed ? 'error' : 'not-run',
    durationMs: 0,
    message: completed
      ? 'Planned, but no verdict came although the run completed: this is a fault of Telltale, not of the stack.'
      : `Not reached: ${endOf(model)}.`,
    evidence: [],
  };
}

function endOf(model: RunModel): string {
  const within = model.phases.findLast((record) => record.durationMs === undefined);
  const where = within === undefined ? '' : ` in the phase “${within.phase}” (${within.title})`;
  const said = model.finished?.message?.replace(/[.\s]+$/, '');
  const why = said === undefined || said === '' ? '' : `: ${said}`;
  switch (outcomeOf(model)) {
    case 'interrupted':
      return `the run was interrupted${where}${why}`;
    case 'failed':
      return `the run could not be finished${where}${why}`;
    case 'crashed':
      return `the run ended without a word${where}, as after a crash or kill -9; its last event is of ${model.lastEventAt ?? 'an unknown time'}`;
    case 'completed':
      return `the run completed${why}`;
  }
}
