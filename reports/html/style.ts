/** The page's style: the reader's own light or dark, and paper. Contrast of text is 4.5:1 or more in both. */
export const STYLE = `
:root { color-scheme: light dark;
  --back: light-dark(#fbfbfa, #15171a); --panel: light-dark(#ffffff, #1d2024); --line: light-dark(#dcdcd8, #33383f);
  --text: light-dark(#1c1e21, #e6e7e9); --faint: light-dark(#5d636b, #9ca3ad); --link: light-dark(#0b57b7, #82b5ff);
  --good: light-dark(#17693a, #6fd093); --good-back: light-dark(#e6f4ea, #16301f);
  --bad: light-dark(#b3161b, #ff8f8a); --bad-back: light-dark(#fdeaea, #42191a);
  --caution: light-dark(#835400, #f1c063); --caution-back: light-dark(#fdf3dc, #3a2c0e);
  --trouble: light-dark(#7b2a93, #e0a3f2); --trouble-back: light-dark(#f6e9fa, #34193c);
  --quiet: light-dark(#5d636b, #9ca3ad); --quiet-back: light-dark(#efefed, #272b30); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem; background: var(--back); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; } h3 small { font-weight: normal; color: var(--faint); margin-left: .5rem; }
a { color: var(--link); } code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em; }
.meta { color: var(--faint); margin: 0; overflow-wrap: anywhere; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
.conclusion { margin: 1rem 0; padding: .75rem 1rem; border-left: .3rem solid; border-radius: .25rem; font-weight: 600; }
.conclusion.kept { color: var(--good); background: var(--good-back); } .conclusion.broken { color: var(--bad); background: var(--bad-back); }
.conclusion.unproved, .conclusion.interrupted { color: var(--caution); background: var(--caution-back); }
.v-pass { --tone: var(--good); --tone-back: var(--good-back); } .v-fail { --tone: var(--bad); --tone-back: var(--bad-back); }
.v-warn, .v-blocked { --tone: var(--caution); --tone-back: var(--caution-back); } .v-error { --tone: var(--trouble); --tone-back: var(--trouble-back); }
.v-unsupported, .v-not-applicable, .v-not-run { --tone: var(--quiet); --tone-back: var(--quiet-back); }
form { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; padding: .6rem 0;
  background: var(--back); border-bottom: 1px solid var(--line); }
form fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem; }
form legend, .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.toggle { cursor: pointer; color: var(--tone); background: var(--tone-back); border: 1px solid transparent; border-radius: 1rem; padding: .1rem .7rem; user-select: none; }
.toggle:has(input:checked) { border-color: var(--tone); } .toggle:has(input:not(:checked)) { background: none; border: 1px dashed var(--line); color: var(--faint); text-decoration: line-through; }
.toggle input { position: absolute; opacity: 0; width: 1px; height: 1px; } .toggle:has(:focus-visible) { outline: 2px solid var(--link); outline-offset: 2px; }
input[type=search], select, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: .3rem; padding: .2rem .5rem; }
input[type=search] { min-width: 14rem; } #shown { color: var(--faint); margin-left: auto; }
.card { background: var(--panel); border: 1px solid var(--line); border-left: .25rem solid var(--tone); border-radius: .3rem; margin: .5rem 0; scroll-margin-top: 5rem; }
.card summary { cursor: pointer; padding: .5rem .75rem; overflow-wrap: anywhere; } .card:target { outline: 2px solid var(--link); }
.badge { color: var(--tone); background: var(--tone-back); border-radius: .25rem; padding: .05rem .45rem; font-weight: 600; white-space: nowrap; }
.where { color: var(--faint); margin: 0 .5rem; } .card .body { padding: 0 .75rem .5rem 1rem; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0 .75rem; font-weight: 500; }
dl { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: .25rem .75rem; margin: 0; } dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { margin: 0; padding: .4rem .6rem; background: var(--quiet-back); border-radius: .25rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24rem; overflow-y: auto; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .3rem; background: var(--panel); }
table { border-collapse: collapse; width: 100%; } th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
tbody tr:last-child > * { border-bottom: 0; } thead th { color: var(--faint); font-weight: 600; white-space: nowrap; vertical-align: bottom; }
tbody th { font-weight: normal; width: 99%; min-width: 18rem; } tbody th .title { display: block; color: var(--faint); } .level { font-size: .75em; color: var(--faint); margin-left: .4rem; }
.cell { color: var(--tone); background: var(--tone-back); border-radius: .25rem; padding: .05rem .45rem; text-decoration: none; white-space: nowrap; display: inline-block; }
.cell:hover { text-decoration: underline; } .cell.out { opacity: .35; } td.none { color: var(--faint); font-size: .8em; white-space: nowrap; opacity: .8; }
.engines tbody th { width: auto; min-width: 0; } .missing td, .missing th { color: var(--bad); } .substituted td, .substituted th { color: var(--caution); }
.others > summary { cursor: pointer; color: var(--link); } [hidden] { display: none !important; }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 11px; } form, .skip, .others { display: none; }
  .card, tr { break-inside: avoid; } pre { max-height: none; } .scroll { overflow: visible; border: 0; } .cell, .badge, .conclusion { print-color-adjust: exact; } }
@media (max-width: 40rem) { body { padding: .75rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } form { position: static; } tbody th { min-width: 11rem; } }
`;
