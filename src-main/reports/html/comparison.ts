/**
 * Several runs' thresholds, declared results and last metric values side by side: what a reader looks for first. What
 * only one run has is not compared, nor is what kinds mean differently by the same key.
 */
import type { RunDetail, RunKind } from '../../api/contract.ts';
import { resultAt, runLabel } from '../../charts/index.ts';
import { thresholdText } from '../../charts/threshold.ts';
import { usedKinds, type ReportSource } from '../report.ts';
import { thresholdsOf } from '../solve-document.ts';
import { escape } from './escape.ts';
import { fieldCell } from './specified.ts';
import { sideBySide, type Property } from './side-by-side.ts';
import { nothing, numberCell, textCell, type Cell } from './table.ts';

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
        thresholds === null ? nothing : thresholdCell(thresholds[key], thresholds[logarithm]),
      ),
    };
  };
  return [row('r0', 'logR0', 'R₀, minority classifiers coincide'), row('r1', 'logR1', 'R₁, the minority vanishes')];
}

/** What kinds declare under a key and a label is one thing, in the order of the kinds. */
function declared<T extends { readonly key: string; readonly label: string }>(
  source: ReportSource,
  of: (kind: RunKind) => readonly T[],
): readonly { readonly one: T; readonly has: (run: RunDetail) => boolean }[] {
  const name = ({ key, label }: T): string => `${key} ${label}`;
  const all = usedKinds(source).flatMap((kind) => of(kind).map((one) => ({ one, kind: kind.id })));
  return [...Map.groupBy(all, ({ one }) => name(one)).values()].map((same) => ({
    one: same.at(-1)!.one,
    has: (run) => same.some(({ kind }) => kind === run.kind),
  }));
}

function metricRows(source: ReportSource): readonly Property[] {
  return declared(source, ({ metrics }) => metrics).flatMap(({ one: { key, label, format }, has }): Property[] => {
    const values = source.runs.map((run) => (has(run) ? run.metrics[key]?.last : undefined));
    if (values.filter((value) => value !== undefined).length < 2) return [];
    const cells = values.map((value) => (value === undefined ? nothing : numberCell(value, format)));
    return [{ name: escape(label), cells }];
  });
}

/** Single values that kinds declare, those that are not metrics too. */
function fieldRows(source: ReportSource): readonly Property[] {
  const metrics = new Set(source.runs.flatMap((run) => Object.keys(run.metrics)));
  return declared(source, ({ results }) => results?.fields ?? []).flatMap(({ one: field, has }): Property[] => {
    if (metrics.has(field.key)) return [];
    const values = source.runs.map((run) => (has(run) ? resultAt(run.result, field.key) : undefined));
    if (values.filter((value) => value !== undefined).length < 2) return [];
    const cells = values.map((value) => (value === undefined ? nothing : fieldCell(value, field)));
    return [{ name: escape(field.label), cells }];
  });
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
