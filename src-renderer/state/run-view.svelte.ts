/** One run on screen: its detail and log, kept current by the live stream. Charts read their own points. */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are replaced as a whole ($state.raw) or not shown */
import { api, type LogLine, type RunDetail, type StudioEvent } from '../api.ts';
import type { Events } from './events.svelte.ts';

type Listener = (metrics: readonly string[] | 'all') => void;

export class RunView {
  readonly id: number;
  #detail = $state.raw<RunDetail | null>(null);
  #log = $state.raw<readonly LogLine[]>([]);
  #failure = $state<string | null>(null);
  #reading = false;
  #again = false;
  readonly #points = new Set<Listener>();
  readonly #events: Events;

  constructor(id: number, events: Events) {
    this.id = id;
    this.#events = events;
  }

  get detail(): RunDetail | null {
    return this.#detail;
  }

  get log(): readonly LogLine[] {
    return this.#log;
  }

  get failure(): string | null {
    return this.#failure;
  }

  /** Follows the run until the returned function is called. */
  open(): () => void {
    this.refresh();
    return this.#events.listen((batch) => this.#hear(batch));
  }

  /** Tells which metrics got new points. */
  onPoints(listener: Listener): () => void {
    this.#points.add(listener);
    return () => this.#points.delete(listener);
  }

  refresh(): void {
    this.#again = true;
    if (!this.#reading) void this.#read();
  }

  async #read(): Promise<void> {
    this.#reading = true;
    while (this.#again) {
      this.#again = false;
      try {
        [this.#detail, this.#log] = await Promise.all([api.run(this.id), api.log(this.id)]);
        this.#failure = null;
      } catch (error) {
        this.#failure = (error as Error).message;
      }
    }
    this.#reading = false;
  }

  #hear(batch: readonly StudioEvent[]): void {
    let again = false;
    const metrics = new Set<string>();
    for (const event of batch) {
      if (event.type === 'changed') again = true;
      if (!('id' in event) || event.id !== this.id) continue;
      if (event.type === 'points') for (const metric of event.metrics) metrics.add(metric);
      else if (event.type === 'log') again = !this.#append(event.lines) || again;
      else {
        // A new state brings times, results and artifacts; mere progress does not.
        if (event.status !== this.#detail?.status) again = true;
        else this.#detail = { ...this.#detail, progress: event.progress };
      }
    }
    if (metrics.size > 0) {
      again = true;
      for (const listener of this.#points) listener([...metrics]);
    }
    if (again) this.refresh();
  }

  /** @returns false where lines are missing in between, so that the log has to be read again. */
  #append(lines: readonly LogLine[]): boolean {
    const last = this.#log.at(-1)?.sequence ?? 0;
    const fresh = lines.filter((line) => line.sequence > last);
    if (fresh.length === 0) return true;
    if (fresh[0]!.sequence !== last + 1) return false;
    this.#log = [...this.#log, ...fresh];
    return true;
  }
}
