/**
 * What the runs found: results as their kinds declare them, certificates of solves with their groups, thresholds of sweeps,
 * and every metric's summary.
 */
import type { GroupSolution } from '../../lpm/types.ts';
import type { MetricSpecification, MetricSummary, RunDetail } from '../../api/contract.ts';
import { claimsOf } from '../claims.ts';
import { kindOf, type ReportSource } from '../report.ts';
import { runLabel, type NumberFormat } from '../../charts/index.ts';
import { solveDocument, thresholdsOf, type SolveDocument } from '../solve-document.ts';
import { thresholdCell } from './comparison.ts';
import { escape } from './escape.ts';
import { specifiedHtml } from './specified.ts';
import { numberCell, pairsHtml, tableHtml, textCell, verdictCell, type Cell } from './table.ts';

/** A longer list of groups is cut in print; the data block at the end holds them all. */
const mostGroups = 60;

function certificate(solved: SolveDocument): string {
  const local = solved.optimality === 'local';
  const words = solved.certified ? 'certified optimum' : local ? 'local optimum, p below the rank' : 'not certified';
  return pairsHtml([
    ['Certificate', verdictCell(solved.certified, words)],
    ['Status', textCell(solved.status)],
    ['Objective', numberCell(solved.objective, 'loss')],
    ['Lower bound', numberCell(solved.lowerBound, 'loss')],
    ['Duality gap', numberCell(solved.gap, 'gap')],
    ['Relative gap', numberCell(solved.relativeGap, 'gap')],
    ['Rank of Z', numberCell(solved.rank, 'count')],
    ['Nuclear norm of Z', numberCell(solved.nuclearNorm, 'loss')],
    ['Radius ρ', numberCell(solved.radius, 'loss')],
    ['Multiplier λ', numberCell(solved.multiplier, 'loss')],
    ['Iterations', numberCell(solved.iterations, 'count')],
    ['Time', numberCell(solved.milliseconds, 'milliseconds')],
  ]);
}

/** A weight, or where a value was taken: whole numbers without decimals. */
function briefCell(value: number | null): Cell {
  return numberCell(value, value !== null && Number.isInteger(value) ? 'count' : 'ratio');
}

function state(group: GroupSolution): Cell {
  return textCell(group.vanished ? 'vanished' : group.collapsed ? 'collapsed' : 'distinct');
}

function groupRow(group: GroupSolution): readonly Cell[] {
  return [
    numberCell(group.samples, 'count'),
    numberCell(group.classes, 'count'),
    briefCell(group.weight),
    numberCell(group.classifierNorm, 'loss'),
    numberCell(group.featureNorm, 'loss'),
    numberCell(group.classifierCosine, 'cosine'),
    numberCell(group.featureCosine, 'cosine'),
    numberCell(group.margin, 'loss'),
    numberCell(group.loss, 'loss'),
    state(group),
  ];
}

const groupHead = ['Samples', 'Classes', 'Weight', '‖w‖', '‖h‖', 'cos w', 'cos h', 'Margin', 'Loss', 'Geometry'];

function groups(solved: SolveDocument, label: string): string {
  const all = solved.groups;
  const half = mostGroups / 2;
  const listed = all.length <= mostGroups ? all : [...all.slice(0, half), ...all.slice(-half)];
  const cut = `<p class="note">The first ${half} and last ${half} of ${all.length} groups; the data block holds all.</p>`;
  return (listed.length < all.length ? cut : '') + tableHtml(groupHead, listed.map(groupRow), `Groups of ${label}`);
}

function thresholds(run: RunDetail): string {
  const found = thresholdsOf(run.result);
  if (found === null) return '';
  return pairsHtml([
    ['R₀, minority classifiers coincide', thresholdCell(found.r0, found.logR0)],
    ['R₁, the minority vanishes', thresholdCell(found.r1, found.logR1)],
  ]);
}

function metricRow(name: string, format: NumberFormat, summary: MetricSummary): readonly Cell[] {
  return [
    textCell(name),
    numberCell(summary.n, 'count'),
    numberCell(summary.last, format),
    briefCell(summary.lastX),
    numberCell(summary.min, format),
    briefCell(summary.minX),
    numberCell(summary.max, format),
    briefCell(summary.maxX),
  ];
}

function metrics(run: RunDetail, known: readonly MetricSpecification[], label: string): string {
  const keys = Object.keys(run.metrics);
  if (keys.length === 0) return '';
  const listed = keys.map((key) => {
    const { label: name = key, format = 'loss' } = known.find((candidate) => candidate.key === key) ?? {};
    return { name, format, summary: run.metrics[key]! };
  });
  // A single value is its own least and greatest.
  if (listed.every(({ summary }) => summary.n === 1)) {
    const rows = listed.map(({ name, format, summary }) => [textCell(name), numberCell(summary.last, format)]);
    return tableHtml(['Metric', 'Value'], rows, `Metrics of ${label}`);
  }
  const rows = listed.map(({ name, format, summary }) => metricRow(name, format, summary));
  return tableHtml(
    ['Metric', 'Points', 'Last', 'at x', 'Least', 'at x', 'Greatest', 'at x'],
    rows,
    `Metrics of ${label}`,
  );
}

/** The body of a run's part. The summary of a solve's single values is the certificate and the groups themselves. */
function found(run: RunDetail, source: ReportSource, label: string): string {
  const kind = kindOf(source, run);
  const summary = metrics(run, kind?.metrics ?? [], label);
  if (kind?.results !== undefined && run.result !== null) return specifiedHtml(run.result, kind.results) + summary;
  const solved = solveDocument(run.result);
  return solved === null ? thresholds(run) + summary : certificate(solved) + groups(solved, label);
}

function runHtml(run: RunDetail, source: ReportSource): string {
  const label = runLabel(run, source.runs);
  return [
    `<h3>${escape(label)}</h3>`,
    run.status === 'done' ? '' : `<p class="warning">⚠ This run is ${run.status}: its results may be incomplete.</p>`,
    run.error === null ? '' : `<pre class="error">${escape(run.error)}</pre>`,
    run.note === '' ? '' : `<p>${escape(run.note)}</p>`,
    found(run, source, label),
  ].join('\n');
}

/** The section's HTML: one part per run; nothing where there is none to show. */
export function resultsHtml(source: ReportSource): string {
  // Runs of claims have sections of their own.
  const runs = source.runs.filter((run) => claimsOf(run) === null);
  return runs.map((run) => runHtml(run, source)).join('\n');
}
