import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Results } from '../../schemas/results.ts';
import { rows } from '../testing/arbitrary-rows.ts';
import { resultsWith, rowWith, sampleResults } from '../testing/sample-results.ts';
import { renderHtml } from './page.ts';

const page = renderHtml(sampleResults());

it('asks nothing of any network', () => {
  expect(page).not.toMatch(
    /<(?:link|img|iframe|object|embed|base|source|video|audio)\b|@import|url\(|\bsrc=|srcset|fetch\(/,
  );
  expect(page).toContain("default-src 'none'; style-src 'sha256-");
});

it('says each verdict in a word, once for each row', () => {
  expect(page.match(/<a class="cell /g)).toHaveLength(84);
  expect(page.match(/<details class="card /g)).toHaveLength(84);
  expect(page).toMatch(
    /<a class="cell v-fail" href="#row-\d+" title="[^"]+"><span aria-hidden="true">✗<\/span> FAIL<\/a>/,
  );
});

it('lets no text become markup', () => {
  const tags = (html: string) => new Set(html.match(/<\/?[a-z!][a-z0-9]*/gi));
  const ours = tags(page);
  fc.assert(
    fc.property(rows, (made) => {
      const html = renderHtml(resultsWith(made));
      const strange = [...tags(html)].filter((tag) => !ours.has(tag));
      expect(strange).toEqual([]);
      expect(html.match(/<script/g)).toHaveLength(1);
      expect(html).not.toMatch(/[^\P{Cc}\n]|\p{Surrogate}/u);
      expect(html.match(/<a class="cell /g) ?? []).toHaveLength(made.length);
    }),
    { numRuns: 100 },
  );
});

it('lets no text leave its attribute', () => {
  const attack = `" onmouseover="alert(1)" x='`;
  const html = renderHtml(resultsWith([rowWith({ verdict: 'fail', message: attack, area: attack, subject: attack })]));
  expect(html).not.toContain('" onmouseover="');
  expect(html).toContain('title="&quot; onmouseover=&quot;alert(1)&quot; x=&#39;"');
});

it('links to the web only', () => {
  const html = renderHtml(
    resultsWith([
      rowWith({ source: 'javascript:alert(1)' }),
      rowWith({ id: 'B', source: 'https://example.com/a?b&c' }),
    ]),
  );
  expect(html).not.toContain('href="javascript');
  expect(html).toContain('href="https://example.com/a?b&amp;c"');
});

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
const skipped = browser === undefined ? ' (skipped: chromium not found)' : '';

/** The page as a browser has it after the script ran. */
function opened(results: Results, hash: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'telltale-html-'));
  try {
    writeFileSync(join(directory, 'index.html'), renderHtml(results));
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${join(directory, 'profile')}`,
      '--dump-dom',
    ];
    return execFileSync(browser ?? '', [...flags, `file://${directory}/index.html${hash}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

describe.skipIf(browser === undefined)(`in a browser${skipped}`, { timeout: 60_000 }, () => {
  const shownOf = (dom: string) => /<output[^>]*>([^<]*)/.exec(dom)?.[1];
  const shownCards = (dom: string) =>
    [...dom.matchAll(/<details class="card [^>]*>/g)].filter(([tag]) => !tag.includes('hidden')).length;

  it('its script runs under its own policy and shows all rows', () => {
    const dom = opened(sampleResults(), '');
    expect(shownOf(dom)).toBe('84 of 84 rows shown');
    expect(shownCards(dom)).toBe(84);
  });

  it('filters by verdict, level and text from the address', () => {
    const dom = opened(sampleResults(), '#!hide=pass,blocked&level=MUST&q=retention');
    expect(shownOf(dom)).toBe('2 of 84 rows shown');
    expect(shownCards(dom)).toBe(2);
    expect(dom).toMatch(/<section class="area" aria-labelledby="area-promql" hidden="">/);
    expect(dom).toMatch(/<section class="area" aria-labelledby="area-retention">/);
  });

  it('filters by level alone', () => {
    expect(shownOf(opened(sampleResults(), '#!level=SHOULD'))).toBe('4 of 84 rows shown');
  });

  it('opens the row that the address names, and what it is folded into', () => {
    const passing = sampleResults().results.findIndex((row) => row.verdict === 'pass');
    const dom = opened(sampleResults(), `#row-${passing}`);
    expect(dom).toMatch(/<details class="others" open="">/);
    expect(dom).toMatch(new RegExp(`<details class="card [^>]*id="row-${passing}"[^>]* open="">`));
  });

  it('runs nothing that an engine has written', () => {
    const attack = `<img src=x onerror="document.title='owned'"></script><script>document.title='owned'</script>`;
    const dom = opened(
      resultsWith([
        rowWith({ verdict: 'fail', title: attack, subject: attack, message: attack, area: attack, id: attack }),
      ]),
      '',
    );
    expect(shownOf(dom)).toBe('1 of 1 rows shown');
    expect(dom).not.toMatch(/<title>owned/);
  });
});
