/** The doctor's checks, one entry each: add one here and it appears in `peel doctor` and in the studio. */
import { existsSync } from 'node:fs';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { DoctorCheck } from '../api/contract.ts';
import { backendChecks } from './backends.ts';

export interface DoctorContext {
  /** The project folder, which need not exist. */
  readonly folder: string;
  /** The program's own folder. */
  readonly root: string;
  readonly renderer: string;
}

export interface Check {
  readonly id: string;
  readonly label: string;
  readonly run: (context: DoctorContext) => Finding | Promise<Finding>;
}

type Finding = Pick<DoctorCheck, 'state' | 'detail' | 'remedy'>;

const good = (detail: string): Finding => ({ state: 'good', detail, remedy: null });
const gigabytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
const MINIMUM_NODE = 24;
const LITTLE_DISK = 2 ** 30;

export const checks: readonly Check[] = [
  {
    id: 'runtime',
    label: 'Runtime',
    run: () => {
      const { node, electron, v8 } = process.versions;
      const detail = `${electron ? `Electron ${electron}, ` : ''}Node ${node}, V8 ${v8}, ${process.platform} ${process.arch}`;
      if (Number.parseInt(node, 10) >= MINIMUM_NODE) return good(detail);
      return { state: 'error', detail, remedy: 'start Peel by `npm start` or `peel`, which bring their own Node' };
    },
  },
  {
    id: 'processor',
    label: 'Processor and memory',
    run: () =>
      good(
        `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} threads usable, ${gigabytes(totalmem())} of memory`,
      ),
  },
  {
    id: 'sqlite',
    label: 'Database engine',
    run: () => {
      const connection = new Database(':memory:');
      const version = connection.prepare('SELECT sqlite_version()').pluck().get();
      connection.close();
      return good(`SQLite ${String(version)}`);
    },
  },
  { id: 'project', label: 'Project folder', run: ({ folder }) => projectWritable(folder) },
  { id: 'disk', label: 'Disk space', run: ({ folder }) => diskSpace(folder) },
  {
    id: 'page',
    label: 'Page of the studio',
    run: ({ renderer }) =>
      existsSync(join(renderer, 'index.html'))
        ? good('built')
        : { state: 'warning', detail: 'not built', remedy: 'run `npm start` once, or `npm run build`' },
  },
  {
    id: 'window',
    label: 'Window',
    run: ({ root }) => {
      if (process.versions['electron']) return good('this is one');
      if (existsSync(join(root, 'node_modules', 'electron', 'path.txt'))) return good("Electron's binary is installed");
      return {
        state: 'warning',
        detail: "Electron's binary is not installed; the studio runs in the browser",
        remedy: 'run `npx install-electron` where its download host can be reached (or set ELECTRON_MIRROR)',
      };
    },
  },
  ...backendChecks,
];

async function projectWritable(folder: string): Promise<Finding> {
  if (!existsSync(folder)) return good(`${folder} does not exist yet; it is made on first use`);
  const probe = join(folder, `.peel-doctor-${process.pid}`);
  try {
    await mkdir(probe);
    await writeFile(join(probe, 'probe'), 'x');
    return good(`${folder} can be written`);
  } catch (error) {
    return {
      state: 'error',
      detail: `${folder} cannot be written (${error instanceof Error ? error.message : String(error)})`,
      remedy: 'give yourself write permission on it, or open another with --project',
    };
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

async function diskSpace(folder: string): Promise<Finding> {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  const { bavail, bsize } = await statfs(nearest);
  const free = bavail * bsize;
  if (free >= LITTLE_DISK) return good(`${gigabytes(free)} free at ${nearest}`);
  return {
    state: 'warning',
    detail: `only ${gigabytes(free)} free at ${nearest}`,
    remedy: 'free some space before long runs',
  };
}
