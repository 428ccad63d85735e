import type { Results } from '../schemas/results.ts';
import type { Conclusion } from './conclusion.ts';
import { renderCtrf } from './ctrf.ts';
import { renderHtml } from './html/page.ts';
import { renderJson } from './json.ts';
import { renderJUnit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';

export type Format = 'json' | 'html' | 'markdown' | 'junit' | 'ctrf' | 'sarif';

interface Rendering {
  readonly file: string;
  render(results: Results, conclusion: Conclusion): string;
}

/** What is written where in `--out`, the most important first: when the disk fills up, it is there. */
export const RENDERINGS: Readonly<Record<Format, Rendering>> = {
  json: { file: 'results.json', render: renderJson },
  junit: { file: 'junit.xml', render: renderJUnit },
  html: { file: 'index.html', render: renderHtml },
  markdown: { file: 'summary.md', render: (results, conclusion) => renderMarkdown(results, { conclusion }) },
  ctrf: { file: 'ctrf.json', render: renderCtrf },
  sarif: { file: 'telltale.sarif', render: renderSarif },
};

export const FORMATS: readonly Format[] = ['json', 'junit', 'html', 'markdown', 'ctrf', 'sarif'];
