import { execFile } from 'node:child_process';
import { MachineError } from '../types.ts';

/**
 * Runs a shell script of `ip`, `mount` and the like with `set -e`, and resolves to what it printed.
 * @throws MachineError with the script's last words.
 */
export function runScript(what: string, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('sh', ['-eu'], { timeout: 30_000, maxBuffer: 1 << 20 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const words = stderr.trim().split('\n').slice(-3).join('; ') || error.message;
      reject(
        new MachineError(`Telltale could not ${what}: ${words}`, {
          remedy: 'Run `telltale doctor` to see what this machine lacks for the native driver.',
          cause: error,
        }),
      );
    });
    child.stdin?.end(script);
  });
}

/** One word for a POSIX shell, whatever is in it. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
