/** The report's style sheet: light theme of the visual language, screen and paper. Nothing is loaded from outside. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { themes } from '../../charts/theme.ts';

const { ground, panel, ink, secondary, hairline, accent, font } = themes.light;

/** Inter for Latin and Greek, inside the file; the reader's own sans-serif where the fonts are not installed. */
function fontFaces(): string {
  const ranges = { latin: 'U+0000-00FF,U+2000-206F,U+2080-209F,U+2190-22FF', greek: 'U+0370-03FF' };
  return Object.entries(ranges)
    .map(([subset, range]) => {
      try {
        const name = `@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`;
        const data = readFileSync(fileURLToPath(import.meta.resolve(name))).toString('base64');
        return `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(data:font/woff2;base64,${data}) format('woff2');unicode-range:${range}}`;
      } catch {
        return '';
      }
    })
    .join('\n');
}

const rules = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: ${ground}; color: ${ink}; font: 13px/1.45 ${font}; font-variant-numeric: tabular-nums; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 32px 64px; }
h1 { font-size: 28px; font-weight: 600; line-height: 1.2; letter-spacing: -0.01em; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 20px; font-weight: 600; line-height: 1.3; margin: 40px 0 12px; padding-top: 12px; border-top: 1px solid ${hairline}; }
h3 { font-size: 15px; font-weight: 600; margin: 24px 0 8px; overflow-wrap: anywhere; }
h4 { font-size: 13px; font-weight: 600; margin: 16px 0 6px; overflow-wrap: anywhere; }
p { margin: 0 0 8px; max-width: 72ch; }
.meta, .note, figcaption { color: ${secondary}; }
.note { font-size: 12px; }
.preface { white-space: pre-line; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin-bottom: 12px; }
table { border-collapse: collapse; font-size: 13px; }
th, td { padding: 4px 20px 4px 0; border-bottom: 1px solid ${hairline}; text-align: left; vertical-align: baseline; }
tbody th { font-weight: 400; white-space: nowrap; }
thead th { color: ${secondary}; font-weight: 500; font-size: 12px; vertical-align: bottom; }
td.n, th.n { text-align: right; }
td.n { white-space: nowrap; }
thead th { max-width: 11em; }
td.long { overflow-wrap: anywhere; }
time { white-space: nowrap; }
td.differs { font-weight: 600; color: ${accent}; }
th .mark { color: ${accent}; font-weight: 600; }
.good { color: #2E7D32; white-space: nowrap; }
.warning { color: #8F5600; white-space: nowrap; }
.error { color: #B3261E; }
.pairs { columns: 2; column-gap: 40px; max-width: 860px; }
.pairs div { display: flex; justify-content: space-between; gap: 16px; padding: 4px 0; border-bottom: 1px solid ${hairline}; break-inside: avoid; }
dl.pairs { margin: 0 0 12px; }
.pairs dt { color: ${secondary}; }
.pairs dd { margin: 0; text-align: right; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(440px, 1fr)); gap: 16px; margin-bottom: 16px; }
figure { margin: 0; padding: 12px 8px 8px; background: ${panel}; border: 1px solid ${hairline}; border-radius: 6px; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; }
math { font-size: 1.05em; }
.lead { font-size: 20px; font-weight: 600; margin: 0 0 4px; }
.claim { padding: 12px 0 14px; border-top: 1px solid ${hairline}; }
.claim h4 { font-size: 14px; margin: 0 0 6px; }
.claim.fails { border-left: 3px solid #B3261E; padding-left: 12px; }
.claim .formula { max-width: none; margin: 10px 0; overflow: auto hidden; }
.claim .formula math { width: fit-content; margin: 0; }
.claim figure { max-width: 560px; }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr); gap: 16px; align-items: start; }
.claim .beside figure { max-width: none; }
pre.error { white-space: pre-wrap; font: inherit; margin: 0 0 8px; }
@media screen and (max-width: 760px) { .beside { grid-template-columns: 1fr; } }
@media (max-width: 560px) { .charts { grid-template-columns: 1fr; } .pairs { columns: 1; } main { padding: 24px 16px; } }
@page { margin: 15mm 14mm 16mm; }
@media print {
  body { background: #fff; font-size: 9.5pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 20pt; } h2 { font-size: 13pt; margin-top: 18pt; } h3 { font-size: 11pt; }
  h2, h3, h4, h3 + p, .note, .basis { break-after: avoid; }
  .wide { overflow: visible; }
  table { font-size: 8.5pt; } th, td { padding-right: 8pt; } tbody th { white-space: normal; min-width: 7.5em; }
  thead { display: table-header-group; }
  tr, dl.pairs { break-inside: avoid; }
  .charts { grid-template-columns: 1fr 1fr; gap: 8pt; }
  figure { padding: 4pt; border-radius: 0; }
  .lead { font-size: 13pt; } .claim h4 { font-size: 10.5pt; }
  .claim { break-inside: avoid; padding: 8pt 0; }
  .claim .formula { overflow: visible; }
  .claim figure { max-width: 9cm; }
  section { break-inside: auto; }
  footer { break-before: avoid; }
}
`;

/** The whole sheet. */
export function styleSheet(): string {
  return `${fontFaces()}\n${rules}`;
}
