import { formatPosition, type Position } from '../position.ts';
import type { StackDefinition } from '../types.ts';

/** One thing that is wrong, whoever noticed it. */
export interface Problem {
  /** Id of the finding or of the broken promise. */
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly service?: string;
  readonly at?: Position;
  readonly message: string;
  readonly remedy: string;
  /** For a broken promise: what is promised, and where. */
  readonly promised?: { readonly says: string; readonly by: string; readonly at?: Position };
  /** Ids of further promises that break for the same reason. */
  readonly also: readonly string[];
}

export interface CheckReport {
  readonly stack: string;
  readonly directory: string;
  /** Sorted: errors first, then by file, line and column. */
  readonly problems: readonly Problem[];
  readonly promises: { readonly open: number; readonly broken: number };
  /** Services with their engines. */
  readonly covered: readonly { readonly service: string; readonly engine: string; readonly version?: string }[];
  /** Services that are no engine of ours. */
  readonly notCovered: readonly { readonly service: string; readonly why: string }[];
  /** What the engines' own validators said; absent where they were not asked. */
  readonly validators?: readonly ValidatorOutcome[];
}

export interface ValidatorOutcome {
  readonly service: string;
  /** As it can be repeated by hand. */
  readonly command: string;
  readonly verdict: 'accepted' | 'refused' | 'not-run';
  /** The engine's words, or why it was not asked. */
  readonly words: string;
}

/** Findings and broken promises of a definition, sorted; those with one cause are put together. */
export function checkStack(definition: StackDefinition): CheckReport {
  const problems: Problem[] = definition.findings.map((finding) => ({ ...finding, also: [] }));
  for (const promise of definition.promises) {
    const { broken } = promise;
    if (broken === undefined) continue;
    const twin = problems.findIndex((one) => sameCause(one, broken));
    const known = problems[twin];
    if (known !== undefined) {
      problems[twin] = { ...known, also: [...known.also, promise.id] };
      continue;
    }
    problems.push({
      id: promise.id,
      severity: 'error',
      service: promise.subject,
      ...(broken.at === undefined ? {} : { at: broken.at }),
      message: sentence(broken.why),
      remedy: broken.remedy,
      promised: {
        says: promise.says,
        by: promise.madeBy.service,
        ...(promise.madeBy.at === undefined ? {} : { at: promise.madeBy.at }),
      },
      also: [],
    });
  }
  return {
    stack: definition.name,
    directory: definition.directory,
    problems: problems.toSorted(bySeverityAndPlace),
    promises: {
      open: definition.promises.filter((promise) => promise.state === 'open').length,
      broken: definition.promises.filter((promise) => promise.state === 'broken').length,
    },
    covered: definition.services.flatMap(({ name, engine, version }) =>
      engine === undefined ? [] : [{ service: name, engine, ...(version === undefined ? {} : { version }) }],
    ),
    notCovered: definition.services
      .filter((service) => service.engine === undefined)
      .map(({ name, recognisedBy, image }) => ({
        service: name,
        why:
          recognisedBy[0] ??
          (image === undefined
            ? 'built here, and no engine that Telltale knows'
            : `image ${image} is no engine that Telltale knows`),
      })),
  };
}

function sameCause(problem: Problem, broken: { readonly why: string; readonly at?: Position }): boolean {
  const here =
    problem.at === undefined || broken.at === undefined
      ? problem.at === broken.at
      : formatPosition(problem.at) === formatPosition(broken.at);
  return here && problem.message === sentence(broken.why);
}

function sentence(words: string): string {
  const trimmed = words.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** Errors before warnings; then in the order in which somebody reads the files. */
export function bySeverityAndPlace(left: Problem, right: Problem): number {
  if (left.severity !== right.severity) return left.severity === 'error' ? -1 : 1;
  const file = (left.at?.file ?? '').localeCompare(right.at?.file ?? '');
  if (file !== 0) return file;
  return (
    (left.at?.line ?? 0) - (right.at?.line ?? 0) ||
    (left.at?.column ?? 0) - (right.at?.column ?? 0) ||
    left.id.localeCompare(right.id)
  );
}
