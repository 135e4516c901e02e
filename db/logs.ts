/**
 * Log lines of runs, numbered from 1 without gaps in the order they were written.
 */
import type { LogLine } from '../src-main/api/contract.ts';
import type { Project } from './project.ts';

/** A line as a job reports it. */
export interface LogEntry {
  readonly at: number;
  readonly level: LogLine['level'];
  readonly text: string;
}

/** Longer texts are cut, with a mark at the cut. */
const longestText = 16_384;

/** Appends the lines. @returns them with their numbers */
export function appendLog(project: Project, runId: number, entries: readonly LogEntry[]): readonly LogLine[] {
  if (entries.length === 0) return [];
  return project.write(() => {
    const last = project
      .prepare<[number], number>('SELECT coalesce(max(sequence), 0) FROM log_line WHERE run_id = ?')
      .pluck()
      .get(runId)!;
    const insert = project.prepare('INSERT INTO log_line(run_id, sequence, at, level, text) VALUES (?, ?, ?, ?, ?)');
    return entries.map(({ at, level, text }, index) => {
      const kept = text.length > longestText ? `${text.slice(0, longestText)} … (cut)` : text;
      const line: LogLine = { sequence: last + 1 + index, at, level, text: kept };
      insert.run(runId, line.sequence, at, level, kept);
      return line;
    });
  });
}

/** Up to `limit` lines after the line numbered `after`, in order. */
export function readLog(project: Project, runId: number, after = 0, limit = 10_000): readonly LogLine[] {
  return project
    .prepare<[number, number, number], LogLine>(
      'SELECT sequence, at, level, text FROM log_line WHERE run_id = ? AND sequence > ? ORDER BY sequence LIMIT ?',
    )
    .all(runId, after, limit);
}
