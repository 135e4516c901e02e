/** Some runs read in full and kept current, for comparing and reporting. A run that cannot be read is named, not hidden. */
import { api, type RunDetail, type StudioEvent } from '../api.ts';
import type { Events } from './events.svelte.ts';

export class RunSet {
  #runs = $state.raw<readonly RunDetail[]>([]);
  #missing = $state.raw<readonly number[]>([]);
  #loaded = $state(false);
  #ids: readonly number[] = [];
  #reading = false;
  #again = false;
  readonly #events: Events;

  constructor(events: Events) {
    this.#events = events;
  }

  /** In the order asked for. */
  get runs(): readonly RunDetail[] {
    return this.#runs;
  }

  get missing(): readonly number[] {
    return this.#missing;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Follows the runs until the returned function is called. */
  open(): () => void {
    return this.#events.listen((batch) => this.#hear(batch));
  }

  show(ids: readonly number[]): void {
    this.#ids = ids;
    // What is already here is shown at once, in its new place.
    this.#runs = ids.flatMap((id) => this.#runs.find((run) => run.id === id) ?? []);
    this.#refresh();
  }

  #hear(batch: readonly StudioEvent[]): void {
    const concerns = (event: StudioEvent): boolean =>
      event.type === 'changed' || ('id' in event && event.type !== 'log' && this.#ids.includes(event.id));
    if (batch.some(concerns)) this.#refresh();
  }

  #refresh(): void {
    this.#again = true;
    if (!this.#reading) void this.#read();
  }

  async #read(): Promise<void> {
    this.#reading = true;
    while (this.#again) {
      this.#again = false;
      const ids = this.#ids;
      const answers = await Promise.all(ids.map((id) => api.run(id).catch(() => null)));
      if (ids !== this.#ids) continue;
      this.#runs = answers.filter((run) => run !== null);
      this.#missing = ids.filter((_, index) => answers[index] === null);
      this.#loaded = true;
    }
    this.#reading = false;
  }
}
