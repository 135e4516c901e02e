/** `peel run export ID… --format F`: the runs as a report, as data, or every chart as a file, by the report writers. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectInfo } from '../../db/project-info.ts';
import type { Project } from '../../db/project.ts';
import { getRun } from '../../db/runs.ts';
import { readChunks } from '../../db/series-read.ts';
import { kindDocuments } from '../api/kinds.ts';
import { programPaths } from '../host/paths.ts';
import { chartFiles, reportFormats, type ReportSource } from '../reports/index.ts';
import { has, valueOf, type Command } from './command.ts';
import { BadUsage } from './errors.ts';
import { projectFlag, runIds, withProject } from './project.ts';
import { writeFile } from './write-file.ts';

const formats = [...reportFormats.map((format) => format.id), 'svg'];

function sourceOf(project: Project, ids: readonly number[], title: string | undefined): ReportSource {
  const { version } = programPaths();
  const { name } = projectInfo(project, version);
  return {
    title: title ?? name,
    project: name,
    createdAt: Date.now(),
    version,
    runs: [...new Set(ids)].map((id) => getRun(project, id)),
    kinds: kindDocuments,
    points: (run, metric) => readChunks(project, run, metric),
  };
}

export const command: Command = {
  path: 'run export',
  summary: 'Write runs as a report (HTML), as data (CSV, JSON) or as charts (SVG).',
  positionals: 'ID…',
  arity: [1, 10_000],
  flags: [
    { name: 'format', placeholder: formats.join('|'), help: 'What to write.', default: 'json' },
    { name: 'out', placeholder: 'FILE', help: 'The file (for svg: the folder). Without it the result goes to stdout.' },
    { name: 'title', placeholder: 'TEXT', help: 'Title of the report.', default: 'the project’s name' },
    { name: 'force', help: 'Replace a file that exists.' },
    projectFlag,
  ],
  examples: ['peel run export 1 2 3 --format html --out report.html', 'peel run export 4 --format csv | head'],
  run: (given, io) =>
    withProject(given, false, async (project) => {
      const id = valueOf(given, 'format') ?? 'json';
      const out = valueOf(given, 'out');
      const force = has(given, 'force');
      const source = sourceOf(project, runIds(given), valueOf(given, 'title'));
      if (id === 'svg') {
        if (out === undefined) throw new BadUsage('--format svg writes several files: give a folder with --out');
        await mkdir(out, { recursive: true });
        const files: string[] = [];
        for await (const { name, svg } of chartFiles(source)) {
          const file = join(out, `${name}.svg`);
          await writeFile(file, [svg], force);
          files.push(file);
        }
        await io.result({ files }, () => files.join('\n'));
        return 0;
      }
      const format = reportFormats.find((candidate) => candidate.id === id);
      if (!format) throw new BadUsage(`--format ${id}: must be one of ${formats.join(', ')}`);
      if (out === undefined) {
        if (io.json && id !== 'json')
          throw new BadUsage(`--json promises JSON on stdout, where --format ${id} would go: give a file with --out`);
        for await (const piece of format.write(source)) await io.raw(piece);
        return 0;
      }
      const bytes = await writeFile(out, format.write(source), force);
      await io.result({ file: out, bytes }, () => `${out} written, ${bytes} bytes`);
      return 0;
    }),
};
