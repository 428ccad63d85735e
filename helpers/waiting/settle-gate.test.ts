import { describe, expect, it } from 'vitest';
import { GiveUpError } from './eventually.ts';
import { type Gate, requireSettled, settled } from './settle-gate.ts';

const gate = (counts: readonly (number | Error)[], over: Partial<Gate> = {}): Gate => {
  let call = 0;
  return {
    signal: 'logs',
    route: 'through gateway',
    unit: 'lines',
    expected: 3,
    count: async () => {
      const count = counts[Math.min(call++, counts.length - 1)];
      if (count instanceof Error) throw count;
      return count ?? 0;
    },
    ...over,
  };
};
const quick = { deadlineMs: 150, intervalMs: 1 };

describe('settled', () => {
  it('waits for each gate by itself, and reports sent and seen of all', async () => {
    const report = await settled([gate([0, 2, 3]), gate([1, 2], { signal: 'traces', unit: 'spans' })], quick);
    expect(report).toMatchObject([
      { signal: 'logs', sent: 3, seen: 3, settled: true },
      { signal: 'traces', sent: 3, seen: 2, settled: false },
    ]);
    expect(report[0]?.summary).toMatch(/^logs through gateway: 3 lines sent, 3 seen after \d+ ms$/);
    expect(report[1]?.summary).toMatch(
      /^traces through gateway: 3 spans sent, 2 seen when given up after \d+ ms \(last attempt: 2 of 3 spans\)$/,
    );
  });

  it('takes a surplus as settled and shows it', async () => {
    expect(await settled([gate([4])], quick)).toMatchObject([{ sent: 3, seen: 4, settled: true }]);
  });

  it('keeps the last count when later counts fail, and says why they failed', async () => {
    const [report] = await settled([gate([1, new Error('status 503')])], quick);
    expect(report).toMatchObject({ seen: 1, settled: false });
    expect(report?.summary).toContain('1 seen when given up');
    expect(report?.summary).toContain('status 503');
  });

  it('says so when nothing could ever be counted', async () => {
    const [report] = await settled([gate([new Error('connection refused')])], quick);
    expect(report).toMatchObject({ seen: undefined, settled: false });
    expect(report?.summary).toContain('no count of what was seen');
  });

  it('passes an interrupt on', async () => {
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(settled([gate([0])], { ...quick, signal })).rejects.toThrow('Ctrl-C');
  });
});

describe('requireSettled', () => {
  it('lists every open gate', async () => {
    const failure = requireSettled([gate([3]), gate([0], { route: 'direct' })], quick);
    await expect(failure).rejects.toThrow(/1 of 2 gates still open.*logs direct: 3 lines sent, 0 seen/);
  });
});

it('a count that says that waiting is of no use ends its gate at once, and no other', async () => {
  const hopeless = async (): Promise<number> => {
    throw new GiveUpError('logstore has exited with code 137');
  };
  const base = { signal: 'logs', route: 'direct', unit: 'lines', expected: 3 } as const;
  const started = performance.now();
  const [gone, there] = await settled(
    [
      { ...base, count: hopeless },
      { ...base, count: async () => 3 },
    ],
    {
      deadlineMs: 10_000,
    },
  );
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(gone?.settled).toBe(false);
  expect(gone?.summary).toMatch(/logstore has exited with code 137/);
  expect(there?.settled).toBe(true);
});
