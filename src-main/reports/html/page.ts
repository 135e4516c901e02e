/**
 * A report as one HTML file that needs nothing else: no script, no request, vector charts, good on paper.
 * A policy in its head forbids what escaping should already prevent.
 */
import type { RunDetail } from '../../api/contract.ts';
import { duration, formatNumber, runLabel } from '../../charts/index.ts';
import { spentMilliseconds } from '../../charts/run-time.ts';
import { reportCharts } from '../charts.ts';
import { kindOf, type ReportSource } from '../report.ts';
import { claimsOf } from '../claims.ts';
import { inlineSvg, svgRenderer, type ReportChart } from '../svg.ts';
import { claimsHtml } from './claims.ts';
import { comparisonHtml } from './comparison.ts';
import { dataBlock } from './data-block.ts';
import { definitionsHtml } from './definitions.ts';
import { escape } from './escape.ts';
import { formulaWriter, type FormulaWriter } from './formula.ts';
import { parametersHtml } from './parameters.ts';
import { resultsHtml } from './results.ts';
import { styleSheet } from './style.ts';
import { numberCell, tableHtml, textCell, verdictCell, type Cell } from './table.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

function time(at: number): string {
  return `<time datetime="${new Date(at).toISOString()}">${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC</time>`;
}

function head(source: ReportSource): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="Peel ${escape(source.version)}">
<title>${escape(source.title)}</title>
<style>${styleSheet()}</style>
</head>
<body>
<main>
<header>
<h1>${escape(source.title)}</h1>
<p class="meta">${source.project === null ? 'Written' : `Project ${escape(source.project)}, written`} ${time(source.createdAt)} by Peel ${escape(source.version)}.</p>
${noteHtml(source.note ?? '')}</header>
`;
}

/** Paragraphs of plain text; line breaks within one are kept. */
function noteHtml(note: string): string {
  const paragraphs = note.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs.map((paragraph) => `<p class="preface">${escape(paragraph.trim())}</p>\n`).join('');
}

function runRow(run: RunDetail, source: ReportSource): readonly Cell[] {
  const spent = run.endedAt === null ? null : spentMilliseconds(run, run.endedAt);
  const took = spent === null ? '–' : duration(spent);
  return [
    textCell(runLabel(run, source.runs)),
    numberCell(run.id, 'count'),
    textCell(kindOf(source, run)?.label ?? run.kind),
    textCell(run.experiment),
    verdictCell(run.status === 'done', run.status),
    { html: time(run.createdAt) },
    { html: escape(took), numeric: true },
    textCell(run.tags.join(', ')),
  ];
}

function runs(source: ReportSource): string {
  const titles = ['Run', 'Number', 'Kind', 'Experiment', 'Status', 'Created', 'Took', 'Tags'];
  return tableHtml(
    titles,
    source.runs.map((run) => runRow(run, source)),
    'Runs of this report',
  );
}

function versions(source: ReportSource): string {
  const names = [...new Set(source.runs.flatMap((run) => Object.keys(run.versions)))];
  const rows = source.runs.map((run) => [
    textCell(runLabel(run, source.runs)),
    ...names.map((name) => textCell(run.versions[name] ?? '–')),
  ]);
  return names.length === 0 ? '' : tableHtml(['Run', ...names.map(escape)], rows, 'Versions that computed the runs');
}

function section(title: string, body: string): string {
  return body === '' ? '' : `<section>\n<h2>${title}</h2>\n${body}\n</section>\n`;
}

/** One section per run of claims: such a report is read for them. */
function* claimSections(
  source: ReportSource,
  charts: readonly ReportChart[],
  figure: (chart: ReportChart) => string,
  formula: FormulaWriter,
): Generator<string> {
  const tested = source.runs.flatMap((run) => {
    const document = claimsOf(run);
    return document === null ? [] : [{ run, document }];
  });
  for (const { run, document } of tested) {
    const drawn = (claim: string): string => {
      const chart = charts.find(({ name }) => name === `run-${run.id}-${claim}`);
      return chart === undefined ? '' : figure(chart);
    };
    const title = tested.length === 1 ? 'Claims' : `Claims: ${escape(runLabel(run, source.runs))}`;
    yield section(title, claimsHtml(run, document, { formula: (text) => formula(text, true), figure: drawn }));
  }
}

function* chartSection(charts: readonly ReportChart[], figure: (chart: ReportChart) => string): Generator<string> {
  if (charts.length === 0) return;
  yield '<section>\n<h2>Charts</h2>\n';
  // Charts of one height form a grid of their own: no row has holes.
  for (const height of new Set(charts.map((chart) => chart.height))) {
    yield '<div class="charts">\n';
    for (const chart of charts.filter((one) => one.height === height)) yield figure(chart);
    yield '</div>\n';
  }
  yield '</section>\n';
}

/** Pieces of the file, top to bottom. */
export async function* htmlReport(source: ReportSource): AsyncGenerator<string> {
  yield head(source);
  const formula = await formulaWriter(escape);
  const charts = reportCharts(source);
  const draw = charts.length > 0 ? await svgRenderer() : () => '';
  const figure = (chart: ReportChart): string => `<figure>${inlineSvg(draw(chart), escape(chart.title))}</figure>\n`;
  yield* claimSections(source, charts, figure, formula);
  yield section('Runs', runs(source));
  yield section('Parameters', parametersHtml(source));
  yield section('Comparison', comparisonHtml(source));
  yield* chartSection(
    charts.filter(({ claim }) => claim === undefined),
    figure,
  );
  yield section('Results by run', resultsHtml(source));
  yield section('Definitions', definitionsHtml(source, formula));
  yield section('Versions', versions(source));
  const data = dataBlock(source);
  const count = formatNumber(data.points, 'count');
  const note = data.complete
    ? `This file holds the ${count} data points of its runs as JSON, in the hidden element #peel-data.`
    : `The ${count} data points of these runs are too many for this file: export them as CSV or JSON. All other data is in the hidden element #peel-data as JSON.`;
  yield `<footer><p class="note">${note} Hover over a number to see all its digits.</p></footer>\n</main>\n${data.html}\n</body>\n</html>\n`;
}
