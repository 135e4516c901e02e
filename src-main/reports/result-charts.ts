/** The matrices and grids of a result document as charts of the report, for kinds that declare their results. */
import type { RunDetail, RunKind } from '../api/contract.ts';
import { gridChart, heatMap, resultGrids, resultMatrices, runLabel } from '../charts/index.ts';
import type { ReportChart } from './svg.ts';

/** @param runs all runs of the report, for the name that tells this one from the others. */
export function resultCharts(run: RunDetail, kind: RunKind, runs: readonly RunDetail[]): readonly ReportChart[] {
  const { results } = kind;
  if (results === undefined) return [];
  const named = (title: string): string => (runs.length > 1 ? `${title}: ${runLabel(run, runs)}` : title);
  const name = (key: string): string => `run-${run.id}-${key.replaceAll(/[^\w-]+/g, '-')}`;
  return [
    ...resultGrids(run.result, results).map(({ key, title, input }): ReportChart => ({
      name: name(key),
      title: named(title),
      width: 520,
      height: 420,
      option: (frame) => gridChart({ ...input, title: named(title) }, frame),
    })),
    ...resultMatrices(run.result, results).map(({ key, title, input }): ReportChart => ({
      name: name(key),
      title: named(title),
      width: 480,
      height: 480,
      option: (frame) => heatMap({ ...input, title: named(title) }, frame),
    })),
  ];
}
