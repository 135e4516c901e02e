/**
 * One open studio: project, queue, API and page put together, for whichever host answers the requests. Closing it ends
 * the event streams and the jobs, then the database.
 */
import { sweepInputs } from '../../db/inputs.ts';
import { openProject } from '../../db/open.ts';
import { createApi } from '../api/app.ts';
import { createEventHub } from '../api/events.ts';
import { programVersions } from '../api/versions.ts';
import { createQueue } from '../jobs/queue.ts';
import { forkJobs, type SpawnJob } from '../jobs/spawn.ts';
import { backendMeasurement } from './measure-backends.ts';
import { programPaths } from './paths.ts';
import { withSecurityHeaders } from './security-headers.ts';
import { createStaticFiles } from './static-files.ts';

export interface StudioOptions {
  /** The project folder; made if it does not exist. */
  readonly folder: string;
  /** The built page; the program's own unless given. */
  readonly rendererFolder?: string | undefined;
  /** How jobs are started; Node's fork unless given. */
  readonly spawn?: SpawnJob | undefined;
  /** Told of errors of the program itself; written to stderr unless given. */
  readonly report?: ((error: unknown) => void) | undefined;
}

export interface Studio {
  readonly folder: string;
  /** Answers /api/… from the API and the rest from the page's folder, with the security headers. */
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
}

const toStderr = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
};

/** Opens the project and starts its queue. Throws StorageError if the project cannot be opened. */
export async function openStudio({ folder, rendererFolder, spawn, report = toStderr }: StudioOptions): Promise<Studio> {
  const paths = programPaths();
  const project = openProject(folder, { create: true, migrationsFolder: paths.migrations });
  try {
    sweepInputs(project);
  } catch (error) {
    report(error);
  }
  const events = createEventHub();
  const queue = createQueue({
    project,
    spawn: spawn ?? forkJobs(paths.worker),
    onEvent: events.publish,
    versions: programVersions(paths.version),
    report,
  });
  const renderer = rendererFolder ?? paths.renderer;
  const doctor = { folder: project.folder, root: paths.root, renderer };
  const api = createApi({
    project,
    queue,
    events,
    version: paths.version,
    doctor,
    measureBackends: backendMeasurement(paths.cli, project.folder),
    report,
  });
  const page = createStaticFiles(renderer);
  return {
    folder: project.folder,
    handle: async (request) => {
      const { pathname } = new URL(request.url);
      const answer = pathname === '/api' || pathname.startsWith('/api/') ? api.fetch(request) : page(request);
      return withSecurityHeaders(await answer);
    },
    close: async () => {
      await queue.close();
      events.close();
      project.close();
    },
  };
}
