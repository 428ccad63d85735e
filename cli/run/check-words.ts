import { InputError } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { AREAS } from '../../suites/areas.ts';
import { allRequirements } from '../../suites/registry.ts';

/**
 * Words that select nothing are mistakes, not empty runs.
 * @throws InputError naming what there is.
 */
export function checkWords(
  words: {
    readonly area?: readonly string[] | undefined;
    readonly service?: readonly string[] | undefined;
    readonly id?: readonly string[] | undefined;
  },
  definition: StackDefinition,
): void {
  const known = {
    '--area': [words.area, AREAS],
    '--service': [words.service, definition.services.map(({ name }) => name)],
    '--id': [words.id, allRequirements().map(({ id }) => id)],
  } as const;
  for (const [option, [asked, names]] of Object.entries(known)) {
    for (const word of asked ?? []) {
      if ((names as readonly string[]).includes(word)) continue;
      throw new InputError(`${option} ${word}: there is no such ${option.slice(2)}.`, {
        remedy: `There are: ${names.join(', ')}.`,
      });
    }
  }
}
