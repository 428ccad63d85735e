import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from './errors.ts';

/**
 * `npm start`: the main job on a stack that we ship. It takes the one that this machine can run whole, installs the
 * engines that it needs, and hands over to `telltale run`.
 */
const root = join(import.meta.dirname, '..');
const words = process.argv.slice(2);

try {
  const named = words.some((word) => word === '--stack' || word.startsWith('--stack='));
  const stack = named ? undefined : await shippedStack();
  if (stack !== undefined) {
    const { installCommand } = await import('./engines/install-command.ts');
    const code = stack.driver === 'native' ? await installCommand(undefined, { stack: stack.directory }) : 0;
    if (code !== 0) process.exit(code);
  }
  const chosen = stack === undefined ? [] : ['--stack', stack.directory, '--driver', stack.driver];
  // In this very process: one more between npm and the run would keep signals from it, and outlive a kill -9.
  process.argv = [process.execPath, join(root, 'cli', 'bin.mjs'), 'run', ...chosen, ...words];
  await import('./main.ts');
} catch (error) {
  const { text, code } = explain(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = code;
}

/** The whole stack where a container engine has its images; else the one whose engines any machine can have. */
async function shippedStack(): Promise<{ directory: string; driver: 'native' | 'compose' }> {
  const whole = join(root, 'stack', 'monitoring');
  if (existsSync(join(whole, 'docker-compose.yml'))) {
    const { readStack } = await import('../stack/definition/read-stack.ts');
    const { composeDriver } = await import('../stack/drivers/compose/driver.ts');
    const answer = await composeDriver.available(readStack(whole, {}));
    if (answer.ok) {
      console.log('Taking stack/monitoring with the compose driver: a container engine answers and has its images.');
      return { directory: whole, driver: 'compose' };
    }
    console.log(`Taking stack/otelcol natively: ${answer.reason}`);
  } else {
    console.log('Taking stack/otelcol natively: its engines can be had on any machine, without a container engine.');
  }
  return { directory: join(root, 'stack', 'otelcol'), driver: 'native' };
}
