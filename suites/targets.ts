import type { ServiceDefinition, StackDefinition } from '../stack/definition/types.ts';
import type { RowTarget } from './types.ts';

/** One row for each recognised engine of the stack. */
export function everyEngine(stack: StackDefinition): readonly RowTarget[] {
  return stack.services
    .filter((service) => service.engine !== undefined)
    .map((service) => ({ subject: service.name, column: '', service, ...promiseOf(stack, service) }));
}

function promiseOf(stack: StackDefinition, service: ServiceDefinition): Pick<RowTarget, 'promise'> {
  const promise = stack.promises.find(({ kind, subject }) => kind === 'service.runs' && subject === service.name);
  return promise ? { promise } : {};
}
