import { createHash } from 'node:crypto';
import type { EngineRow, ResultRow, Results } from '../../schemas/results.ts';
import { type Conclusion, conclude } from '../conclusion.ts';
import { matrixOf } from '../matrix.ts';
import { seconds } from '../plain-text.ts';
import { BY_URGENCY, IN_FULL, STYLES, totalOf } from '../verdicts.ts';
import { escapeHtml } from './escape.ts';
import { matrixTable } from './matrix-table.ts';
import { rowCard } from './row-card.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/**
 * The whole report as one HTML file that asks nothing of any network: a content security policy allows this style and
 * this script, by their digests, and nothing else, so that text from an engine can never become more than text.
 */
export function renderHtml(results: Results, conclusion: Conclusion = conclude(results)): string {
  const { run } = results;
  const numbers = new Map(results.results.map((row, i) => [row, i]));
  const numberOf = (row: ResultRow) => numbers.get(row) ?? -1;
  const urgent = IN_FULL.flatMap((verdict) => results.results.filter((row) => row.verdict === verdict));
  const others = results.results.filter((row) => !IN_FULL.includes(row.verdict));
  const policy = `default-src 'none'; style-src ${digest(STYLE)}; script-src ${digest(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${conclusion.kind.toUpperCase()}: ${escapeHtml(run.stack)}, Telltale</title>
<style>${STYLE}</style></head>
<body><a class="skip" href="#matrix">to the matrix</a>
<header><h1>Telltale: ${escapeHtml(run.stack)}</h1>
<p class="meta">${metaOf(results)}</p>
<p class="conclusion ${conclusion.kind}">${conclusion.kind.toUpperCase()}: ${escapeHtml(conclusion.sentence)}</p>
<p class="meta">${countsOf(results)}</p></header>
${filterForm(results)}
<main>
<section class="cards" aria-labelledby="attention"${urgent.length === 0 ? ' hidden' : ''}><h2 id="attention">What wants attention</h2>
${urgent.map((row) => rowCard(row, numberOf(row), row.verdict === 'fail' || row.verdict === 'error')).join('\n')}</section>
<section aria-labelledby="matrix"><h2 id="matrix">Matrix</h2>
${matrixOf(results.results)
  .map((area) => matrixTable(area, numberOf))
  .join('\n')}</section>
${engineTable(results.engines)}
${notes(results.notes)}
<section class="cards" aria-labelledby="others"${others.length === 0 ? ' hidden' : ''}><h2 id="others">All other rows</h2>
<details class="others"><summary>${others.length} rows: passed, unsupported, not applicable or not run</summary>
${others.map((row) => rowCard(row, numberOf(row), false)).join('\n')}</details></section>
</main>
<script>${SCRIPT}</script></body></html>
`;
}

function digest(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

function metaOf({ run }: Results): string {
  const ratio =
    run.criticalPathMs > 0
      ? `, ${(run.durationMs / run.criticalPathMs).toFixed(2)} × the critical path of ${seconds(run.criticalPathMs)}`
      : '';
  const parts = [
    `run ${run.id}`,
    `${run.startedAt}`,
    `${seconds(run.durationMs)}${ratio}`,
    `driver ${run.driver}`,
    `seed ${run.seed}`,
    `telltale ${run.telltale}`,
    run.command,
  ];
  return parts.map(escapeHtml).join(' · ');
}

/** All verdicts, those that no row has too. */
function countsOf({ summary }: Results): string {
  const parts = Object.values(STYLES).map(({ word, count }) => `${summary[count]} ${word}`);
  return `${totalOf(summary)} rows: ${parts.join(', ')}`;
}

function filterForm({ summary }: Results): string {
  const toggles = BY_URGENCY.filter((verdict) => summary[STYLES[verdict].count] > 0).map((verdict) => {
    const { symbol, word, count } = STYLES[verdict];
    return `<label class="toggle v-${verdict}"><input type="checkbox" name="verdict" value="${verdict}" checked autocomplete="off"><span aria-hidden="true">${symbol}</span> ${summary[count]} ${word}</label>`;
  });
  return `<form hidden><fieldset><legend>Verdicts shown</legend>${toggles.join('')}</fieldset>
<label><span class="hidden">Search</span><input type="search" name="q" placeholder="search id, subject, text" autocomplete="off"></label>
<label><span class="hidden">Level</span><select name="level" autocomplete="off"><option value="">every level</option><option>MUST</option><option>SHOULD</option><option>MAY</option></select></label>
<button type="reset">reset</button><output id="shown" aria-live="polite">${totalOf(summary)} rows</output></form>`;
}

function engineTable(engines: readonly EngineRow[]): string {
  if (engines.length === 0) return '';
  const rows = engines.map(({ service, engine, version, role, source, asked }) => {
    const other = asked !== undefined && asked !== version;
    const kind = source.startsWith('missing') ? 'missing' : other ? 'substituted' : '';
    const ran = `${escapeHtml(version)}${other ? ` in place of ${escapeHtml(asked)}` : ''}`;
    return `<tr class="${kind}"><th scope="row">${escapeHtml(service)}</th><td>${escapeHtml(engine)}</td><td>${ran}</td><td>${escapeHtml(role)}</td><td>${escapeHtml(source)}</td></tr>`;
  });
  return `<section aria-labelledby="engines"><h2 id="engines">Engines</h2><div class="scroll engines" role="region" aria-label="Engines" tabindex="0"><table>
<thead><tr>${['service', 'engine', 'version', 'role', 'source'].map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

function notes(list: readonly string[]): string {
  if (list.length === 0) return '';
  return `<section aria-labelledby="notes"><h2 id="notes">Notes</h2><ul>${list.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul></section>`;
}
