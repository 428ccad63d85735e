import { renderPromises } from '../../stack/definition/promises/render.ts';
import { EXIT } from '../exit-codes.ts';
import { readNamedStack } from '../stack-options.ts';

export interface PromisesOptions {
  readonly profile?: string[] | undefined;
  readonly json: boolean;
}

/** Prints every promise with file and line and who relies on it. @throws InputError */
export async function promisesCommand(directory: string, options: PromisesOptions): Promise<number> {
  const definition = readNamedStack(directory, options);
  process.stdout.write(options.json ? `${JSON.stringify(definition.promises, null, 2)}\n` : renderPromises(definition));
  return EXIT.ok;
}
