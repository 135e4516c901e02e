/**
 * Makes a project of many runs and metrics in seconds, by the same SQL tables but without points: what the table of
 * runs reads. Values are a fixed function of run and metric.
 */
import type { Project } from '../../db/project.ts';

export interface Size {
  readonly runs: number;
  readonly metrics: number;
  readonly parameters: number;
}

/** Two kinds in turn: `solve` has the first nine tenths of the metrics, `sweep` the last nine tenths. */
export function fillProject(project: Project, { runs, metrics, parameters }: Size): void {
  const { connection } = project;
  const share = Math.ceil(metrics * 0.1);
  connection.transaction(() => {
    connection.exec("INSERT INTO experiment(id, name, created_at) VALUES (1, 'First', 0), (2, 'Second', 0)");
    const metric = connection.prepare('INSERT INTO metric(id, key) VALUES (?, ?)');
    for (let m = 0; m < metrics; m++) metric.run(m + 1, `metric_${String(m).padStart(3, '0')}`);
    const run = connection.prepare(
      `INSERT INTO run(id, experiment_id, kind, name, status, seed, created_at, started_at, ended_at, note, parameters,
         versions, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{"peel":"0.1.0"}', ?)`,
    );
    const parameter = connection.prepare('INSERT INTO run_parameter(run_id, key, text, number) VALUES (?, ?, ?, ?)');
    const tag = connection.prepare('INSERT INTO run_tag(run_id, tag) VALUES (?, ?)');
    const series = connection.prepare(
      `INSERT INTO series(run_id, metric_id, n, non_finite, first_x, first, last_x, last, min, min_x, max, max_x)
       VALUES (?, ?, 1000, 0, 0, 1, 999, ?, 0, 500, 1, 0)`,
    );
    const result = JSON.stringify({ points: Array.from({ length: 400 }, (_, i) => i / 7) });
    for (let id = 1; id <= runs; id++) {
      const values = Object.fromEntries(Array.from({ length: parameters }, (_, p) => [`p${p}`, valueOf(id, p)]));
      const kind = id % 2 === 0 ? 'solve' : 'sweep';
      run.run(
        id,
        1 + (id % 2),
        kind,
        `run ${id}`,
        id % 10 === 0 ? 'failed' : 'done',
        id,
        id * 1000,
        id * 1000,
        id * 1000 + (id % 97),
        id % 50 === 0 ? 'a note worth finding' : '',
        JSON.stringify(values),
        result,
      );
      for (const [key, value] of Object.entries(values)) parameter.run(id, key, String(value), value);
      if (id % 5 === 0) tag.run(id, `tag${id % 25}`);
      const [from, to] = kind === 'solve' ? [0, metrics - share] : [share, metrics];
      for (let m = from; m < to; m++) series.run(id, m + 1, valueOf(id, m));
    }
  })();
}

/** A value in [0, 1) that looks random and is not. */
export function valueOf(run: number, column: number): number {
  const mixed = Math.imul(run * 2654435761 + column * 40503, 2246822519) >>> 0;
  return mixed / 4294967296;
}
