/**
 * Several runs' thresholds, declared results and last metric values side by side: what a reader looks for first. What
 * only one run has is not compared.
 */
import { resultAt } from '../../charts/index.ts';
import { thresholdText } from '../../charts/threshold.ts';
import { kindOf, usedKinds, type ReportSource } from '../report.ts';
import { runLabel } from '../run-label.ts';
import { thresholdsOf } from '../solve-document.ts';
import { escape } from './escape.ts';
import { fieldCell } from './specified.ts';
import { sideBySide, type Property } from './side-by-side.ts';
import { numberCell, textCell, type Cell } from './table.ts';

/** A threshold that is a number, beyond the range of numbers, or never reached. */
export function thresholdCell(value: number | null, logarithm: number | null): Cell {
  return value === null ? { ...textCell(thresholdText(null, logarithm)), numeric: true } : numberCell(value, 'ratio');
}

function thresholdRows(source: ReportSource): readonly Property[] {
  const found = source.runs.map((run) => thresholdsOf(run.result));
  if (found.every((thresholds) => thresholds === null)) return [];
  const row = (key: 'r0' | 'r1', logarithm: 'logR0' | 'logR1', name: string): Property => {
    return {
      name,
      cells: found.map((thresholds) =>
        thresholds === null ? numberCell(null, 'ratio') : thresholdCell(thresholds[key], thresholds[logarithm]),
      ),
    };
  };
  return [row('r0', 'logR0', 'R₀, minority classifiers coincide'), row('r1', 'logR1', 'R₁, the minority vanishes')];
}

function metricRows(source: ReportSource): readonly Property[] {
  const known = usedKinds(source).flatMap((kind) => kind.metrics);
  const once = [...new Map(known.map((metric) => [metric.key, metric])).values()];
  const used = once.filter(({ key }) => source.runs.filter((run) => key in run.metrics).length > 1);
  return used.map(({ key, label, format }) => ({
    name: escape(label),
    cells: source.runs.map((run) => numberCell(run.metrics[key]?.last, kindOf(source, run) ? format : 'loss')),
  }));
}

/** Single values that kinds declare, those that are not metrics too. */
function fieldRows(source: ReportSource): readonly Property[] {
  const metrics = new Set(source.runs.flatMap((run) => Object.keys(run.metrics)));
  const stated = (key: string): number => source.runs.filter((run) => resultAt(run.result, key) !== undefined).length;
  const known = usedKinds(source).flatMap((kind) => kind.results?.fields ?? []);
  const once = [...new Map(known.map((field) => [field.key, field])).values()];
  return once
    .filter(({ key }) => !metrics.has(key) && stated(key) > 1)
    .map((field) => ({
      name: escape(field.label),
      cells: source.runs.map((run) => fieldCell(resultAt(run.result, field.key), field)),
    }));
}

/** The section's HTML; nothing for a single run. */
export function comparisonHtml(source: ReportSource): string {
  if (source.runs.length < 2) return '';
  const properties = [...thresholdRows(source), ...fieldRows(source), ...metricRows(source)];
  if (properties.length === 0) return '';
  const note = '<p class="note">Metrics are last values: of a sweep at its last ratio, of a solve the answer.</p>';
  const names = source.runs.map((run) => runLabel(run, source.runs));
  return note + sideBySide(properties, names, 'Results side by side');
}
