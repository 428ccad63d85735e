import { describe, expect, it } from 'vitest';
import { waits } from './backoff.ts';
import { DeadlineError, formatMs } from './deadline.ts';
import { eventually, found, GiveUpError, notYet } from './eventually.ts';
import { sleep } from './sleep.ts';

const never = new Promise<never>(() => undefined);

describe('eventually', () => {
  it('returns what the probe found, at the attempt that found it', async () => {
    let attempts = 0;
    const value = await eventually('three', async () => (++attempts === 3 ? found('here') : notYet('nothing')), {
      deadlineMs: 1000,
      intervalMs: 1,
    });
    expect({ value, attempts }).toEqual({ value: 'here', attempts: 3 });
  });

  it('says what it waited for, how long, and what it saw last', async () => {
    const failure = eventually('the series to appear', async () => notYet('2 of 3 samples'), { deadlineMs: 60 });
    await expect(failure).rejects.toThrow(
      /^waited \d+ ms for the series to appear, in vain; last seen: 2 of 3 samples$/,
    );
    await expect(failure).rejects.toBeInstanceOf(DeadlineError);
  });

  it('counts a probe that throws as an attempt, and keeps its error as the cause', async () => {
    const refused = new Error('connect ECONNREFUSED');
    const failure = eventually('Loki', () => Promise.reject(refused), { deadlineMs: 20, intervalMs: 5 });
    await expect(failure).rejects.toMatchObject({ lastSeen: 'connect ECONNREFUSED', cause: refused });
  });

  it('forgets an earlier error once a later attempt has looked', async () => {
    let attempts = 0;
    const probe = async () => {
      if (++attempts === 1) throw new Error('starting');
      return notYet('empty');
    };
    const failure = eventually('data', probe, { deadlineMs: 200, intervalMs: 2 });
    await expect(failure).rejects.toMatchObject({ lastSeen: 'empty' });
    await expect(failure).rejects.not.toHaveProperty('cause');
  });

  it('does not wait for a probe that hangs', async () => {
    const failure = eventually('an answer', () => never, { deadlineMs: 20 });
    await expect(failure).rejects.toThrow(/for an answer, in vain; no attempt finished/);
  });

  it('ends at once when the probe gives up or has a fault of its own', async () => {
    const given = eventually('x', () => Promise.reject(new GiveUpError('it exited')), { deadlineMs: 60_000 });
    await expect(given).rejects.toThrow('it exited');
    const faulty = eventually('x', () => Promise.reject(new TypeError('undefined is …')), { deadlineMs: 60_000 });
    await expect(faulty).rejects.toThrow(TypeError);
  });

  it('ends at once when it is interrupted, between and during attempts', async () => {
    const controller = new AbortController();
    const between = eventually('x', async () => notYet('nothing'), {
      deadlineMs: 60_000,
      intervalMs: 60_000,
      signal: controller.signal,
    });
    const during = eventually('x', () => never, { deadlineMs: 60_000, signal: controller.signal });
    controller.abort(new Error('Ctrl-C'));
    await expect(between).rejects.toThrow('Ctrl-C');
    await expect(during).rejects.toThrow('Ctrl-C');
  });
});

describe('waits', () => {
  it('grow from a small floor to a ceiling', () => {
    const series = waits({ firstMs: 10, factor: 2, maxMs: 50 });
    expect([1, 2, 3, 4, 5].map(() => series.next().value)).toEqual([10, 20, 40, 50, 50]);
  });
});

describe('sleep', () => {
  it('ends at once when interrupted, also when it was before', async () => {
    const controller = new AbortController();
    const sleeping = sleep(60_000, controller.signal);
    controller.abort(new Error('stop'));
    await expect(sleeping).rejects.toThrow('stop');
    await expect(sleep(60_000, controller.signal)).rejects.toThrow('stop');
  });
});

describe('formatMs', () => {
  it.each([
    [0, '0 ms'],
    [850, '850 ms'],
    [2500, '2.5 s'],
    [60_000, '1 min'],
    [200_000, '3 min 20 s'],
  ])('%d → %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });
});
