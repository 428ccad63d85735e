import { resolve } from 'node:path';
import { renderPromises } from '../../stack/definition/promises/render.ts';
import { readStack } from '../../stack/definition/read-stack.ts';
import { EXIT } from '../exit-codes.ts';

export interface PromisesOptions {
  readonly profile?: string[] | undefined;
  readonly json: boolean;
}

/** Prints every promise with file and line and who relies on it. @throws InputError */
export async function promisesCommand(directory: string, options: PromisesOptions): Promise<number> {
  const definition = readStack(resolve(directory), options.profile ? { profiles: options.profile } : {});
  process.stdout.write(options.json ? `${JSON.stringify(definition.promises, null, 2)}\n` : renderPromises(definition));
  return EXIT.ok;
}
