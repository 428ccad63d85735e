import { checkStack } from '../../stack/definition/check/check-stack.ts';
import { renderCheck } from '../../stack/definition/check/render.ts';
import { EXIT } from '../exit-codes.ts';
import { readNamedStack } from '../stack-options.ts';

export interface CheckOptions {
  readonly profile?: string[] | undefined;
  readonly validators: boolean;
  readonly json: boolean;
}

/** Prints what the files alone show. Exit 1 where something cannot work as written. @throws InputError */
export async function checkCommand(directory: string, options: CheckOptions): Promise<number> {
  const definition = readNamedStack(directory, options);
  let report = checkStack(definition);
  if (options.validators) {
    const { runValidators } = await import('../../stack/definition/check/validators.ts');
    report = await runValidators(definition, report);
  }
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderCheck(report));
  return report.problems.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.ok;
}
