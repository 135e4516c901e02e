/**
 * The runs that stand side by side, in the order asked for, kept current by the live stream: one read at a time, and again of
 * those alone of which something was heard. Changes none of them.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are replaced as a whole ($state.raw) or not shown */
import { api, type RunDetail } from '../api.ts';
import type { Events } from './events.svelte.ts';

export class CompareView {
  readonly ids: readonly number[];
  #read: ReadonlyMap<number, RunDetail | Error> = $state.raw(new Map());
  readonly #events: Events;
  #stale = new Set<number>();
  #reading = false;

  readonly #answers = $derived.by(() => this.ids.flatMap((id) => this.#read.get(id) ?? []));
  readonly runs: readonly RunDetail[] = $derived(this.#answers.flatMap((one) => (one instanceof Error ? [] : [one])));
  /** Says which runs could not be read; the others are shown all the same. */
  readonly failure: string | null = $derived(
    this.#answers.flatMap((one) => (one instanceof Error ? [one.message] : [])).join('; ') || null,
  );

  constructor(ids: readonly number[], events: Events) {
    this.ids = ids;
    this.#events = events;
  }

  get loaded(): boolean {
    return this.#read.size > 0;
  }

  open(): () => void {
    void this.#refresh(this.ids);
    return this.#events.listen((batch) => {
      const all = batch.some(({ type }) => type === 'changed');
      const heard = new Set(batch.flatMap((event) => ('id' in event && event.type !== 'log' ? [event.id] : [])));
      void this.#refresh(all ? this.ids : this.ids.filter((id) => heard.has(id)));
    });
  }

  async #refresh(ids: readonly number[]): Promise<void> {
    for (const id of ids) this.#stale.add(id);
    if (this.#reading) return;
    this.#reading = true;
    while (this.#stale.size > 0) {
      const wanted = [...this.#stale];
      this.#stale.clear();
      const answers = await Promise.all(
        wanted.map((id) =>
          api
            .run(id)
            .then((run): [number, RunDetail] => [id, run])
            .catch((error: Error): [number, Error] => [id, error]),
        ),
      );
      this.#read = new Map([...this.#read, ...answers]);
    }
    this.#reading = false;
  }
}
