/** The runs table as a whole: filter, rows, selection, and the live events that change them. */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are replaced as a whole ($state.raw) or not shown */
import type { StudioEvent } from '../api.ts';
import type { Events } from './events.svelte.ts';
import { RunFilter } from './run-filter.svelte.ts';
import { RunPages } from './run-pages.svelte.ts';
import { Selection } from './selection.svelte.ts';

export class RunsView {
  readonly filter = new RunFilter();
  readonly pages = new RunPages();
  readonly selection = new Selection();
  #shown = false;

  constructor(events: Events) {
    events.listen((batch) => this.#hear(batch));
  }

  /** The table is on screen: follow the filter until the returned function is called. */
  open(): () => void {
    this.#shown = true;
    return () => {
      this.#shown = false;
    };
  }

  refresh(): void {
    if (this.#shown) this.pages.refresh();
  }

  #hear(batch: readonly StudioEvent[]): void {
    if (!this.#shown) return;
    let again = batch.some((event) => event.type === 'changed');
    const latest = new Map(batch.filter((event) => event.type === 'run').map((event) => [event.id, event]));
    if (latest.size > 0) {
      this.pages.update((run) => {
        const event = latest.get(run.id);
        if (event === undefined) return run;
        // A change of state also changes times and metrics, which the event does not carry.
        if (event.status !== run.status) again = true;
        return { ...run, status: event.status, progress: event.progress };
      });
    }
    if (again) this.pages.refresh();
  }
}
