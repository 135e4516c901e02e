/** What the API's routes work with. Made by the host; routes never open or close anything themselves. */
import type { Project } from '../../db/project.ts';
import type { DoctorContext } from '../doctor/checks.ts';
import type { EventHub } from './events.ts';

export interface ApiContext {
  readonly project: Project;
  readonly queue: RunQueue;
  readonly events: EventHub;
  /** Peel's version. */
  readonly version: string;
  readonly doctor: DoctorContext;
  /** Measures the speed of the training backends, in another process. */
  readonly measureBackends: () => Promise<void>;
  /** Told of errors that are the program's own. */
  readonly report: (error: unknown) => void;
}

/** What the API asks of the queue; the runs themselves are rows of the project. */
export interface RunQueue {
  /** Looks for queued runs and for requests to stop, now rather than at its next turn. */
  wake(): void;
  /** What the run that is next waits for; null for every other run. */
  waits(id: number): string | null;
}
