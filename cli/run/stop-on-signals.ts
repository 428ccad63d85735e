import { listenToLifeline } from '../../stack/drivers/native/lifeline.ts';
import { insideNamespaces } from '../../stack/drivers/native/namespaces.ts';
import { EXIT } from '../exit-codes.ts';

/** One Ctrl-C comes several times where a terminal gives it to all and npm or a wrapper passes it on. */
const SAME_MS = 300;

export interface SignalSource {
  readonly listen: (onSignal: (signal: NodeJS.Signals) => void) => void;
  readonly exit: (code: number) => void;
  readonly say: (words: string) => void;
  /** Milliseconds, from anywhere. */
  readonly now: () => number;
}

/** The first signal asks the run to end well; a second one, given later, ends it at once. */
export function stopOnSignals(source: SignalSource = ofThisProcess()): AbortController {
  const stop = new AbortController();
  let asked: number | undefined;
  source.listen((signal) => {
    const now = source.now();
    if (asked === undefined) {
      asked = now;
      source.say('\nStopping the stack; again to stop at once.\n');
      stop.abort(new Error(`interrupted by ${signal}`));
    } else if (now - asked >= SAME_MS) {
      source.exit(EXIT.interrupted);
    }
  });
  return stop;
}

function ofThisProcess(): SignalSource {
  return {
    listen: (onSignal) => {
      if (insideNamespaces()) listenToLifeline(onSignal);
      else for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
    },
    exit: (code) => process.exit(code),
    say: (words) => process.stderr.write(words),
    now: () => performance.now(),
  };
}
