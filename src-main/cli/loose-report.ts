/** What a report is made from when the run was computed here and is stored nowhere. */
import { kindDocuments } from '../api/kinds.ts';
import { programVersions } from '../api/versions.ts';
import { programPaths } from '../host/paths.ts';
import type { ParameterValues } from '../parameters/specification.ts';
import type { ReportSource } from '../reports/index.ts';
import { summaries, type Series } from './compute-here.ts';

/** @param title of the report and of its one run. */
export function looseReport(
  kind: string,
  title: string,
  parameters: ParameterValues,
  result: unknown,
  points: ReadonlyMap<string, Series>,
  { startedAt, cancelled }: { readonly startedAt: number; readonly cancelled: boolean },
): ReportSource {
  const { version } = programPaths();
  const endedAt = Date.now();
  return {
    title,
    project: null,
    createdAt: endedAt,
    version,
    kinds: kindDocuments,
    runs: [
      {
        id: 1,
        experimentId: 0,
        experiment: '',
        kind,
        name: title,
        status: cancelled ? 'cancelled' : 'done',
        note: '',
        tags: [],
        seed: 0,
        parameters,
        metrics: summaries(points),
        createdAt: startedAt,
        startedAt,
        endedAt,
        earlier: 0,
        archived: false,
        trashed: false,
        progress: null,
        error: null,
        result,
        versions: programVersions(version),
        artifacts: [],
        system: {},
      },
    ],
    points: (_run, metric) => {
      const found = points.get(metric);
      return found === undefined ? [] : [found];
    },
  };
}
