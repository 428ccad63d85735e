import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

const LIFELINE_FD = 3;

/**
 * Inside the namespaces: listens to the outer process. Each line is a signal that it got and passes on; the end of
 * the stream means that it is dead (`kill -9`), and then nothing of the run may outlive it: as the first process of
 * the namespace, exiting ends everything in it.
 */
export function listenToLifeline(onSignal: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  const stream = new Socket({ fd: LIFELINE_FD, readable: true, writable: false });
  const lines = createInterface({ input: stream });
  lines.on('line', (line) => {
    if (line === 'SIGINT' || line === 'SIGTERM' || line === 'SIGHUP') onSignal(line);
  });
  // The reader's end shows the writer's death first; `close` of the socket may wait for its other half.
  lines.on('close', () => process.exit(130));
  stream.on('close', () => process.exit(130));
  stream.on('error', () => process.exit(130));
  stream.unref();
}
