import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../schemas/results.ts';
import { sampleRun } from '../testing/sample-run.ts';
import { createLive } from './live.ts';
import { createPalette } from './palette.ts';
import { widthOf } from './width.ts';

function show(events: readonly RunEvent[], redraw: boolean, columns = 80): string {
  const written: string[] = [];
  let clock = 0;
  const palette = createPalette({ columns, color: false, ascii: false });
  const live = createLive({ write: (text) => written.push(text), redraw, palette, now: () => clock });
  for (const event of events) {
    clock = Date.parse(event.at) - Date.parse('2026-11-22T12:00:00.000Z');
    live.onEvent(event);
  }
  live.stop();
  return written.join('');
}

describe('without a terminal', () => {
  it('writes plain lines', async () => {
    await expect(show(sampleRun(), false)).toMatchFileSnapshot('../fixtures/live-plain.txt');
  });

  it('does not drown a log in the lines of a download', () => {
    const events = Array.from(
      { length: 100 },
      (_, i): RunEvent => ({
        type: 'progress',
        at: new Date(Date.parse('2026-11-22T12:00:00.000Z') + i * 100).toISOString(),
        phase: 'engines',
        message: `prometheus: ${i} of 100 MB`,
      }),
    );
    expect(show(events, false).trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('on a terminal', () => {
  const screen = show(sampleRun(), true, 60);

  it('redraws one line that is never as wide as the terminal, so that none is left behind', () => {
    const drawn = screen.replaceAll('\r\x1b[2K', '\n').split('\n');
    expect(Math.max(...drawn.map(widthOf))).toBeLessThan(60);
    expect(screen).toContain('check  78/84 rows, 2 failed');
  });

  it('leaves a clean line at the end, also where it is stopped in the middle', () => {
    const middle = show(sampleRun().slice(0, 12), true, 60);
    expect(middle.endsWith('\r\x1b[2K')).toBe(true);
    expect(screen.endsWith('\n')).toBe(true);
  });

  it('says at once what fails', () => {
    expect(screen).toContain('✗ FAIL  LOKI-RETENTION-01  logstore  promised 14 days');
  });
});

it('lets no escape sequence of an engine through', () => {
  const events = sampleRun().map((event) =>
    event.type === 'progress' ? { ...event, message: '\x1b[2Jgone\x07' } : event,
  );
  expect(show(events, false)).toContain('gone\\x07');
  expect(show(events, false)).not.toContain('\x1b');
});
