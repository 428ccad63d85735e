import { formatPosition, InputError } from '../stack/definition/position.ts';
import { MachineError } from '../stack/drivers/types.ts';
import { EXIT } from './exit-codes.ts';

/** Words and exit code for an error that ends a command. Only a fault of Telltale's own shows a stack trace. */
export function explain(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof InputError) {
    const place = error.at ? `${formatPosition(error.at)}: ` : '';
    return { text: `${place}${error.message}\n  remedy: ${error.remedy}`, code: EXIT.usage };
  }
  if (error instanceof MachineError) return { text: `${error.message}\n  remedy: ${error.remedy}`, code: EXIT.machine };
  const code = errorCode(error);
  if (code === 'ENOSPC')
    return {
      text: 'The disk is full; what was measured until then is in the report directory.\n  remedy: Free some space, then run again.',
      code: EXIT.machine,
    };
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return {
      text: `${(error as Error).message}\n  remedy: Give this user the right to write there, or name another directory with --out.`,
      code: EXIT.machine,
    };
  }
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `A fault of Telltale itself: ${said}\n  remedy: Report it with the command that you used.`,
    code: EXIT.machine,
  };
}

function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
