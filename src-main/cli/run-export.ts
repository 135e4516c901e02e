/** `peel run export ID… --format F`: the runs as a report, as data, or every chart as a file, by the report writers. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reportSource } from '../api/report-source.ts';
import { programPaths } from '../host/paths.ts';
import { chartFiles, reportFormats, type ReportSource } from '../reports/index.ts';
import { has, valueOf, type Command } from './command.ts';
import { BadUsage, Failed } from './errors.ts';
import { projectFlag, runIds, withProject } from './project.ts';
import { writeFile } from './write-file.ts';

const formats = [...reportFormats.map((format) => format.id), 'svg'];

/** Refuses a format that is none, and a target that cannot take it. */
function checkTarget(format: string, out: string | undefined, json: boolean): void {
  if (!formats.includes(format)) throw new BadUsage(`--format ${format}: must be one of ${formats.join(', ')}`);
  if (out !== undefined) return;
  if (format === 'svg') throw new BadUsage('--format svg writes several files: give a folder with --out');
  if (json && format !== 'json')
    throw new BadUsage(`--json promises JSON on stdout, where --format ${format} would go: give a file with --out`);
}

async function writeCharts(source: ReportSource, folder: string, force: boolean): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new Failed('io', `${folder} cannot be made a folder for the charts: ${error.message}`);
  });
  const files: string[] = [];
  for await (const { name, svg } of chartFiles(source)) {
    const file = join(folder, `${name}.svg`);
    await writeFile(file, [svg], force);
    files.push(file);
  }
  return files;
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
    { name: 'note', placeholder: 'TEXT', help: 'Text before the runs; blank lines part paragraphs.' },
    { name: 'system', help: 'With how the jobs used the machine (processor, memory, GPU); csv and json only.' },
    { name: 'force', help: 'Replace a file that exists.' },
    projectFlag,
  ],
  examples: ['peel run export 1 2 3 --format html --out report.html', 'peel run export 4 --format csv | head'],
  async run(given, io) {
    const ids = runIds(given);
    const id = valueOf(given, 'format') ?? 'json';
    const out = valueOf(given, 'out');
    const force = has(given, 'force');
    const system = has(given, 'system');
    checkTarget(id, out, io.json);
    if (system && id !== 'csv' && id !== 'json')
      throw new BadUsage(`--system goes with --format csv or json, not with ${id}: reports show the science`);
    return withProject(given, false, async (project) => {
      const source = reportSource(project, ids, programPaths().version, {
        title: valueOf(given, 'title'),
        note: valueOf(given, 'note'),
        system,
      });
      const format = reportFormats.find((candidate) => candidate.id === id);
      if (out === undefined) {
        for await (const piece of format!.write(source)) await io.raw(piece);
      } else if (format === undefined) {
        const files = await writeCharts(source, out, force);
        await io.result({ files }, () => files.join('\n'));
      } else {
        const bytes = await writeFile(out, format.write(source), force);
        await io.result({ file: out, bytes }, () => `${out} written, ${bytes} bytes`);
      }
      return 0;
    });
  },
};
