import type { Phase, ResultRow, RunEvent } from '../../schemas/results.ts';
import { plainLine, seconds } from '../plain-text.ts';
import { STYLES } from '../verdicts.ts';
import type { Palette } from './palette.ts';
import { truncate } from './width.ts';

const REDRAW_MS = 100;
/** Lines that differ in their figures only (a download) come at most this often where no line can be redrawn. */
const REPEAT_MS = 5000;
const CLEAR = '\r\x1b[2K';

export interface LiveOptions {
  readonly write: (text: string) => void;
  /** True: one status line is redrawn. False: plain lines, one for each thing that happens. */
  readonly redraw: boolean;
  readonly palette: Palette;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

/** Shows a run while it goes on. Holds no timer that would keep the process alive, and leaves no half line behind. */
export interface Live {
  onEvent(event: RunEvent): void;
  /** Takes the status line away; safe to call twice. */
  stop(): void;
}

export function createLive({ write, redraw, palette, now = Date.now }: LiveOptions): Live {
  const startedAt = now();
  let phase: { readonly name: Phase; readonly title: string; readonly startedAt: number } | undefined;
  let message = '';
  let planned = 0;
  const counts = { done: 0, bad: 0 };
  let timer: NodeJS.Timeout | undefined;
  const printed = new Map<string, number>();

  const line = (text: string, verdict?: ResultRow['verdict']) => {
    const cut = truncate(text, palette.width - (redraw ? 1 : 0), palette.ellipsis);
    write(`${redraw ? CLEAR : ''}${verdict === undefined ? cut : palette.verdict(verdict, cut)}\n`);
    draw();
  };
  const draw = () => {
    if (!redraw || phase === undefined) return;
    const rows = planned > 0 && counts.done > 0 ? `  ${counts.done}/${planned} rows, ${counts.bad} failed` : '';
    const what = message === '' ? phase.title : message;
    const status = `${stamp()}  ${phase.name}${rows}  ${what}`;
    // One column stays free: a character in the last one makes some terminals begin a new line.
    write(CLEAR + palette.faint(truncate(status, palette.width - 1, palette.ellipsis)));
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    if (redraw && phase !== undefined) write(CLEAR);
    phase = undefined;
  };
  const plainProgress = (text: string) => {
    const shape = text.replace(/\d+/g, '#');
    const last = printed.get(shape);
    if (last !== undefined && now() - last < REPEAT_MS) return;
    printed.set(shape, now());
    line(`${stamp()}  ${text}`);
  };
  // Never in milliseconds: a figure that changes its unit while one looks at it is hard to read.
  const stamp = () => seconds(Math.max(100, now() - startedAt)).padStart(8);

  return {
    stop,
    onEvent(event) {
      switch (event.type) {
        case 'run-started':
          line(`telltale ${event.run.telltale}  ${plainLine(event.run.stack)}  driver ${plainLine(event.run.driver)}`);
          break;
        case 'phase-started':
          phase = { name: event.phase, title: plainLine(event.title), startedAt: now() };
          message = '';
          if (redraw) {
            timer ??= setInterval(draw, REDRAW_MS).unref();
            draw();
          } else line(`${stamp()}  ${event.phase}: ${plainLine(event.title)}`);
          break;
        case 'phase-finished':
          if (phase?.name === event.phase) phase = undefined;
          line(`${stamp()}  ${event.phase} done in ${seconds(event.durationMs)}`);
          break;
        case 'progress':
          message = plainLine(event.message);
          if (redraw) draw();
          else plainProgress(`${event.phase}: ${message}`);
          break;
        case 'note':
          line(`${stamp()}  note: ${plainLine(event.message)}`);
          break;
        case 'engine':
          if (event.engine.source.startsWith('missing')) {
            line(`${stamp()}  ${plainLine(event.engine.engine)} ${plainLine(event.engine.version)} is missing`, 'warn');
          }
          break;
        case 'rows-planned':
          planned += event.rows.length;
          break;
        case 'row':
          counts.done += 1;
          if (event.row.verdict === 'fail' || event.row.verdict === 'error') {
            counts.bad += 1;
            line(announcement(event.row, palette), event.row.verdict);
          }
          break;
        case 'run-finished':
          stop();
          break;
      }
    },
  };
}

function announcement(row: ResultRow, palette: Palette): string {
  const where = [row.subject, row.column].filter((part) => part !== '').join(' ');
  const { word } = STYLES[row.verdict];
  return plainLine(`${palette.symbol(row.verdict)} ${word}  ${row.id}  ${where}  ${row.message}`);
}
