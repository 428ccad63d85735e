import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import eventsSchema from '../schemas/events.schema.json' with { type: 'json' };
import resultsSchema from '../schemas/results.schema.json' with { type: 'json' };
import type { Results, RunEvent } from '../schemas/results.ts';

let validators: { results: ValidateFunction<Results>; event: ValidateFunction<RunEvent> } | undefined;

/** Compiled when first needed: a run that reads nothing does not pay for it. */
function compiled() {
  if (validators !== undefined) return validators;
  const ajv = new Ajv2020({ discriminator: true, verbose: true, allowUnionTypes: true });
  validators = { results: ajv.compile<Results>(resultsSchema), event: ajv.compile<RunEvent>(eventsSchema) };
  return validators;
}

export function isResults(value: unknown): value is Results {
  return compiled().results(value);
}

export function isRunEvent(value: unknown): value is RunEvent {
  return compiled().event(value);
}

/** What is wrong, as half sentences: `/results/3/verdict must be one of pass, fail, … and is "passed"`. */
export function whyNotResults(value: unknown): string {
  return isResults(value) ? '' : reasons(compiled().results.errors);
}

export function whyNotRunEvent(value: unknown): string {
  return isRunEvent(value) ? '' : reasons(compiled().event.errors);
}

function reasons(errors: ErrorObject[] | null | undefined): string {
  const [first] = (errors ?? []).filter(({ keyword }) => keyword !== 'if' && keyword !== 'oneOf');
  if (first === undefined) return 'it does not have the shape of its schema';
  const where = first.instancePath === '' ? 'the document' : first.instancePath;
  if (first.keyword === 'enum') {
    const allowed = Array.isArray(first.schema) ? first.schema.join(', ') : '';
    return `${where} must be one of ${allowed} and is ${JSON.stringify(first.data)}`;
  }
  if (first.keyword === 'const')
    return `${where} must be ${JSON.stringify(first.schema)} and is ${JSON.stringify(first.data)}`;
  return `${where} ${first.message ?? 'is wrong'}`;
}
