/**
 * Which series say how a run used the machine rather than what it found. They are stored like any other and kept apart
 * by their names: tables, comparisons and reports of runs know nothing of them. What is measured is jobs/system's matter.
 */
import type { Project } from './project.ts';

const PREFIX = 'system/';

export const isSystemSeries = (metric: string): boolean => metric.startsWith(PREFIX);

/** The ids of these metrics, as a subquery; '0' is the character after '/'. */
export const systemMetricIds = `(SELECT id FROM metric WHERE key >= '${PREFIX}' AND key < 'system0')`;

/** How far the earlier jobs of a run have got. */
export interface SystemSoFar {
  /** Seconds of computing at the last sample. */
  readonly seconds: number;
  /** Samples of the job's own process. */
  readonly samples: number;
}

/** Zeros for a run that was not sampled yet. */
export function systemSoFar(project: Project, runId: number): SystemSoFar {
  return project
    .prepare<[number], SystemSoFar>(
      `SELECT coalesce(max(last_x), 0.0) AS seconds, coalesce(max(n), 0) AS samples
       FROM series WHERE run_id = ? AND metric_id IN ${systemMetricIds}`,
    )
    .get(runId)!;
}
