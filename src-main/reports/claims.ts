/** Runs of claims in a report: which they are, and the charts of their evidence. */
import type { ClaimsDocument, RunDetail } from '../api/contract.ts';
import { lineChart, lineChartOf } from '../charts/index.ts';
import type { ReportChart } from './svg.ts';

/** @returns the document of a run of claims; null for other kinds, and for a run that ended without one. */
export function claimsOf(run: RunDetail): ClaimsDocument | null {
  const result = run.result as ClaimsDocument | null;
  return run.kind === 'claims' && Array.isArray(result?.claims) ? result : null;
}

/** One chart per claim that has one. */
export function claimCharts(run: RunDetail): readonly ReportChart[] {
  return (claimsOf(run)?.claims ?? []).flatMap((claim): ReportChart[] => {
    if (claim.evidence?.chart === undefined) return [];
    const input = lineChartOf(claim.evidence.chart);
    return [
      {
        name: `run-${run.id}-${claim.id}`,
        title: input.title ?? claim.title,
        width: 520,
        height: 300,
        claim: claim.id,
        option: (frame) => lineChart(input, frame),
      },
    ];
  });
}
