/**
 * The look of every page. Colours have names, so that what is drawn follows the reader's light or dark mode; paper is always light. Text has a
 * contrast of 4.5 to 1 at least on its ground, and what is drawn 3 to 1 (WCAG 2.2, AA).
 */
export const style = `
:root {
  --ground: #fff; --ink: #1a2027; --soft: #56606d; --line: #d9dde3; --card: #f5f7f9; --track: #edf0f4;
  --s1: #2563eb; --s2: #b8540a; --s3: #64748b; --warn: #fff6df; --warn-line: #b7791f; --focus: #2563eb;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --ground: #11151a; --ink: #e7ebf0; --soft: #a6b0bc; --line: #303843; --card: #191f26; --track: #1e252d;
    --s1: #78a6ff; --s2: #f0964c; --s3: #97a4b5; --warn: #2d2410; --warn-line: #d8a03f; --focus: #78a6ff;
  }
}
* { box-sizing: border-box }
html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1rem 3rem }
h1 { font-size: 1.65rem; line-height: 1.25; margin: 0; overflow-wrap: anywhere }
h2 { font-size: 1.05rem; line-height: 1.35; margin: 0; overflow-wrap: anywhere }
p { color: var(--soft); margin: .25rem 0 0; overflow-wrap: anywhere }
section, article { margin-top: 2rem }
dl { margin: 0 }
dt { color: var(--soft) }
dd { margin: 0; overflow-wrap: anywhere }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem }
.figures dt { font-size: .85rem }
.figures dd { font-size: 1.35rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums }
.warnings { background: var(--warn); border-left: 4px solid var(--warn-line); border-radius: .3rem; padding: .8rem 1rem }
.warnings ul { margin: .3rem 0 0; padding-left: 1.1rem; overflow-wrap: anywhere }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.25rem }
figure { margin: 0; border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; min-width: 0; break-inside: avoid }
.charts > figure:last-child:nth-child(odd) { grid-column: 1 / -1 }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; margin: .3rem 0 0; padding: 0; color: var(--soft); font-size: .85rem }
.legend svg { width: .7rem; height: .7rem; margin-right: .4rem }
figure > svg { display: block; width: 100%; margin-top: .8rem }
svg text { fill: var(--ink); font-size: 12.5px; font-variant-numeric: tabular-nums }
svg text.soft { fill: var(--soft); font-size: 11.5px }
svg .track { fill: var(--track) }
svg .zero { stroke: var(--soft) }
svg .grid { stroke: var(--line) }
svg .s1 { fill: var(--s1) } svg .s2 { fill: var(--s2) } svg .s3 { fill: var(--s3) }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px }
table { border-collapse: separate; border-spacing: 0; width: 100% }
caption { text-align: left; font-weight: 600; padding: .8rem .8rem .4rem; position: sticky; left: 0 }
th, td { padding: .4rem .8rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
th { font-weight: 600 }
thead th { white-space: nowrap; color: var(--soft); font-size: .85rem; vertical-align: bottom }
tbody th { font-weight: 500 }
tbody tr:last-child > * { border-bottom: 0 }
.text { max-width: 26rem; overflow-wrap: break-word }
tbody th.text { min-width: 6.5rem }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.time { white-space: nowrap; font-variant-numeric: tabular-nums }
.reason { color: var(--soft); min-width: 16rem }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.empty { padding: .8rem; margin: 0 }
tfoot th, tfoot td { border-top: 1px solid var(--line); border-bottom: 0; font-weight: 700 }
.facts { display: grid; grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr); gap: .2rem 1.25rem; margin-top: .5rem; font-size: .9rem }
article { max-width: 62rem; margin-inline: auto }
article:first-child { margin-top: 0 }
article .scroll { margin: 1rem 0 }
article + article { border-top: 1px solid var(--line); padding-top: 2rem; break-before: page }
@media (max-width: 40rem) {
  main { padding: 1.25rem .9rem 2rem }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)) }
  .figures dd { font-size: 1.15rem }
  .text { max-width: 12rem }
  tr > .text:first-child { position: sticky; left: 0; background: var(--ground) }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0 }
  .facts dd { margin-bottom: .5rem }
}
@media print {
  @page { margin: 14mm }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { font-size: 10pt }
  main { max-width: none; padding: 0 }
  section { margin-top: 1.2rem }
  .scroll { overflow: visible; border: 0 }
  tr > .text:first-child { position: static }
  th, td { padding: .2rem .4rem }
  thead { display: table-header-group }
  tr, .figures div { break-inside: avoid }
  h2, caption { break-after: avoid }
  article + article { border-top: 0; padding-top: 0 }
}`
