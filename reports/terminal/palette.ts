import picocolors from 'picocolors';
import type { Verdict } from '../../schemas/results.ts';
import { STYLES, type Tone } from '../verdicts.ts';

/** How a report looks: colours, or none; Unicode, or ASCII; how wide. */
export interface Palette {
  readonly width: number;
  readonly ellipsis: string;
  readonly dash: string;
  readonly times: string;
  /** For a requirement that is not asked of a subject at all: no row, and so no verdict. */
  readonly notAsked: string;
  symbol(verdict: Verdict): string;
  verdict(verdict: Verdict, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

export interface PaletteOptions {
  readonly columns: number;
  readonly color: boolean;
  readonly ascii: boolean;
}

export const NARROWEST = 40;

export function createPalette({ columns, color, ascii }: PaletteOptions): Palette {
  const colors = picocolors.createColors(color);
  const tones: Record<Tone, (text: string) => string> = {
    good: colors.green,
    bad: (text) => colors.bold(colors.red(text)),
    caution: colors.yellow,
    trouble: (text) => colors.bold(colors.magenta(text)),
    quiet: colors.dim,
  };
  return {
    width: Math.max(NARROWEST, Math.floor(columns)),
    ellipsis: ascii ? '...' : '…',
    dash: ascii ? '-' : '—',
    times: ascii ? 'x' : '×',
    notAsked: '_',
    symbol: (verdict) => (ascii ? STYLES[verdict].ascii : STYLES[verdict].symbol),
    verdict: (verdict, text) => tones[STYLES[verdict].tone](text),
    strong: (text) => colors.bold(text),
    faint: (text) => colors.dim(text),
  };
}

/** What the environment asks for, where the caller does not say: see no-color.org and the locale's character set. */
export function wishesOf(
  env: Readonly<Record<string, string | undefined>>,
  tty: boolean,
): Omit<PaletteOptions, 'columns'> {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  const noColor = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0';
  return {
    color: !noColor && (forced || tty),
    ascii: /^(C|POSIX)$|\.(iso-?8859|ascii|us-ascii)/i.test(locale) || env.TERM === 'linux',
  };
}
