import { expect, it } from 'vitest';
import { stopOnSignals } from './stop-on-signals.ts';

/** Signals by hand, and what came of them. */
function signals() {
  let send: (signal: NodeJS.Signals) => void = () => {};
  let clock = 1000;
  const exits: number[] = [];
  const said: string[] = [];
  const stop = stopOnSignals({
    listen: (onSignal) => {
      send = onSignal;
    },
    exit: (code) => exits.push(code),
    say: (words) => said.push(words),
    now: () => clock,
  });
  return {
    stop,
    exits,
    said,
    at(ms: number, signal: NodeJS.Signals): void {
      clock = 1000 + ms;
      send(signal);
    },
  };
}

it('the first signal asks to stop, and says so', () => {
  const { stop, exits, said, at } = signals();
  at(0, 'SIGTERM');
  expect(stop.signal.aborted).toBe(true);
  expect(stop.signal.reason.message).toBe('interrupted by SIGTERM');
  expect(said.join()).toMatch(/again to stop at once/);
  expect(exits).toEqual([]);
});

it('one Ctrl-C that comes by several ways is one', () => {
  const { exits, said, at } = signals();
  for (const ms of [0, 3, 40]) at(ms, 'SIGINT');
  expect(exits).toEqual([]);
  expect(said).toHaveLength(1);
});

it('a second Ctrl-C ends the process at once, with 130', () => {
  const { exits, at } = signals();
  at(0, 'SIGINT');
  at(800, 'SIGINT');
  expect(exits).toEqual([130]);
});

it('a signal after the time was over is the first', () => {
  const { stop, exits, at } = signals();
  stop.abort(new DOMException('over', 'TimeoutError'));
  at(5000, 'SIGINT');
  expect(exits).toEqual([]);
});
