/** What a report of stored runs is made from, for the API and the command line alike. Reads points only when asked. */
import { projectInfo } from '../../db/project-info.ts';
import type { Project } from '../../db/project.ts';
import { getRun } from '../../db/runs.ts';
import { readChunks } from '../../db/series-read.ts';
import type { ReportSource } from '../reports/index.ts';
import { kindDocuments } from './kinds.ts';

/**
 * @param words title (the project's name unless given) and note; `system`: the samples of the machine stand among the metrics,
 * for the formats that hold data. @throws StorageError not-found for a run that is not there
 */
export function reportSource(
  project: Project,
  ids: readonly number[],
  version: string,
  {
    title,
    note,
    system: sampled = false,
  }: {
    readonly title?: string | undefined;
    readonly note?: string | undefined;
    readonly system?: boolean | undefined;
  },
): ReportSource {
  const { name } = projectInfo(project, version);
  return {
    title: title ?? name,
    ...(note !== undefined && { note }),
    project: name,
    createdAt: Date.now(),
    version,
    runs: [...new Set(ids)].map((id) => {
      const run = getRun(project, id);
      return sampled ? { ...run, metrics: { ...run.metrics, ...run.system } } : { ...run, system: {} };
    }),
    kinds: kindDocuments,
    points: (run, metric) => readChunks(project, run, metric),
  };
}
