/** Runs that wait or compute at this moment, for the indicator in the top bar. */
import { api, type RunRow } from '../api.ts';
import type { Events } from './events.svelte.ts';

const LIMIT = 20;

export class Jobs {
  #running = $state.raw<readonly RunRow[]>([]);
  #queued = $state(0);
  #reading = false;
  #again = false;

  constructor(events: Events) {
    events.listen((batch) => {
      if (batch.some((event) => event.type === 'changed')) return this.refresh();
      let unknown = false;
      for (const event of batch) {
        // A run that waits says only why; that one is queued comes with `changed`.
        if (event.type !== 'run' || event.status === 'queued') continue;
        const known = this.#running.find((run) => run.id === event.id);
        if (known === undefined || event.status !== 'running') unknown = true;
        else this.#running = this.#running.map((run) => (run === known ? { ...run, progress: event.progress } : run));
      }
      if (unknown) this.refresh();
    });
    this.refresh();
  }

  get running(): readonly RunRow[] {
    return this.#running;
  }

  get queued(): number {
    return this.#queued;
  }

  /** Reads the list again; while one read is under way further calls fold into one more. */
  refresh(): void {
    this.#again = true;
    if (!this.#reading) void this.#read();
  }

  async #read(): Promise<void> {
    this.#reading = true;
    try {
      while (this.#again) {
        this.#again = false;
        const [running, queued] = await Promise.all([
          api.runs({ status: 'running', limit: LIMIT }),
          api.runs({ status: 'queued', limit: 1 }),
        ]);
        this.#running = running.runs;
        this.#queued = queued.total;
      }
    } catch {
      // The banner already says that the studio is out of reach; the next event reads again.
    } finally {
      this.#reading = false;
    }
  }
}
