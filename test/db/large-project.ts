/**
 * Makes a project of many runs and metrics in seconds, in the real tables but without points: what the table of runs
 * reads. Values are a fixed function of run and column.
 */
import type { Project } from '../../db/project.ts';

export interface Size {
  readonly runs: number;
  readonly metrics: number;
  readonly parameters: number;
}

/** A number in [0, 1) that looks random and is not, of the run r.id and the column named. */
const value = (column: string): string =>
  `((r.id * 2654435761 + ${column} * 40503 + (r.id * 7919 % 1013) * 104729) % 4294967296) / 4294967296.0`;

const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)`;

/** Two kinds in turn: `solve` has the first nine tenths of the metrics, `sweep` the last nine tenths. */
export function fillProject(project: Project, { runs, metrics, parameters }: Size): void {
  const run = (sql: string, ...values: readonly unknown[]): void => void project.connection.prepare(sql).run(...values);
  const result = JSON.stringify({ points: Array.from({ length: 400 }, (_, i) => i / 7) });
  project.write(() => {
    run("INSERT INTO experiment(id, name, created_at) VALUES (1, 'First', 0), (2, 'Second', 0)");
    run(`${numbers} INSERT INTO metric(id, key) SELECT i, printf('metric_%03d', i) FROM n`, metrics);
    run(
      `${numbers} INSERT INTO run(id, experiment_id, kind, name, status, seed, created_at, started_at, ended_at, note,
         parameters, versions, result)
       SELECT r.id, 1 + r.id % 2, iif(r.id % 2, 'sweep', 'solve'), 'run ' || r.id, iif(r.id % 10, 'done', 'failed'), r.id,
         r.id * 1000, r.id * 1000, r.id * 1000 + r.id % 97, iif(r.id % 50, '', 'a note worth finding'),
         (SELECT json_group_object('p' || c.value, ${value('c.value')}) FROM json_each(?) c), '{"peel":"0.1.0"}', ?
       FROM (SELECT i AS id FROM n) r`,
      runs,
      JSON.stringify(Array.from({ length: parameters }, (_, i) => i)),
      result,
    );
    run(
      `INSERT INTO run_parameter(run_id, key, text, number)
       SELECT r.id, p.key, p.value, p.value FROM run r, json_each(r.parameters) p`,
    );
    run("INSERT INTO run_tag(run_id, tag) SELECT r.id, 'tag' || (r.id % 25) FROM run r WHERE r.id % 5 = 0");
    run(
      `INSERT INTO series(run_id, metric_id, n, non_finite, first_x, first, last_x, last, min, min_x, max, max_x)
       SELECT r.id, m.id, 1000, 0, 0, 1, 999, ${value('m.id')}, 0, 500, 1, 0 FROM run r CROSS JOIN metric m
       WHERE iif(r.id % 2, m.id > ?, m.id <= ?) ORDER BY r.id, m.id`,
      metrics * 0.1,
      metrics * 0.9,
    );
  });
}
