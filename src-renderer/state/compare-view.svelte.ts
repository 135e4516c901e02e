/** The runs that stand side by side, in the order asked for, kept current by the live stream. Changes none of them. */
import { api, type RunDetail } from '../api.ts';
import type { Events } from './events.svelte.ts';

export class CompareView {
  readonly ids: readonly number[];
  #runs = $state.raw<readonly RunDetail[]>([]);
  #failure = $state<string | null>(null);
  #loaded = $state(false);
  readonly #events: Events;

  constructor(ids: readonly number[], events: Events) {
    this.ids = ids;
    this.#events = events;
  }

  get runs(): readonly RunDetail[] {
    return this.#runs;
  }

  /** Says which runs could not be read; the others are shown all the same. */
  get failure(): string | null {
    return this.#failure;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  open(): () => void {
    void this.#read();
    return this.#events.listen((batch) => {
      const mine = batch.some((event) => event.type === 'changed' || ('id' in event && this.ids.includes(event.id)));
      if (mine) void this.#read();
    });
  }

  async #read(): Promise<void> {
    const answers = await Promise.allSettled(this.ids.map((id) => api.run(id)));
    this.#runs = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const failures = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [(answer.reason as Error).message] : [],
    );
    this.#failure = failures.length === 0 ? null : failures.join('; ');
    this.#loaded = true;
  }
}
