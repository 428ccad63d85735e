import { readStack } from '../../../definition/read-stack.ts';
import { composeDriver } from '../driver.ts';

/**
 * A process to be killed: starts the stack in a directory, says so on its standard output, and waits. With Ctrl-C it
 * takes the stack down as a run does.
 */
const [directory = '', runId = ''] = process.argv.slice(2);
const stop = new AbortController();
const stopped = new Promise<void>((resolve) => {
  // Not `once`: a library that finds no other listener ends the process.
  process.on('SIGINT', () => {
    stop.abort();
    resolve();
  });
});
const stack = await composeDriver.start(readStack(directory), {
  runId,
  scratch: '',
  progress: () => {},
  note: (message) => console.log(message),
  signal: stop.signal,
});
console.log('up');
await stopped;
await stack.dispose();
console.log('down');
