/**
 * The rows of the runs table, read page by page as they come into sight. Old rows stay on screen until their successors
 * have arrived, so nothing flashes; answers to outdated questions are dropped.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are replaced as a whole ($state.raw) or not shown */
import { api, type RunPage, type RunQuery, type RunRow } from '../api.ts';

export const PAGE = 100;
const MOST_PAGES = 20;

type Pages = ReadonlyMap<number, readonly RunRow[]>;

export class RunPages {
  #pages = $state.raw<Pages>(new Map());
  #total = $state<number | null>(null);
  #failure = $state<string | null>(null);
  #parameterKeys = $state.raw<readonly string[]>([]);
  #metricKeys = $state.raw<readonly string[]>([]);
  #query: RunQuery = {};
  #pending = new Set<number>();
  #wanted: readonly number[] = [0];
  #generation = 0;
  #abort = new AbortController();

  /** Rows of the whole selection; null before the first answer. */
  get total(): number | null {
    return this.#total;
  }

  get failure(): string | null {
    return this.#failure;
  }

  get parameterKeys(): readonly string[] {
    return this.#parameterKeys;
  }

  get metricKeys(): readonly string[] {
    return this.#metricKeys;
  }

  /** All rows at hand, in order. */
  readonly loaded = $derived([...this.#pages].sort(([a], [b]) => a - b).flatMap(([, rows]) => rows));

  /** The pages themselves, each the same array as long as its rows are the same. */
  get lists(): Iterable<readonly RunRow[]> {
    return this.#pages.values();
  }

  at(position: number): RunRow | undefined {
    return this.#pages.get(Math.floor(position / PAGE))?.[position % PAGE];
  }

  /** Asks a new question, from its first row on; the same question again reads what is in sight. */
  ask(query: RunQuery): void {
    if (JSON.stringify(query) !== JSON.stringify(this.#query)) this.#wanted = [0];
    this.#query = query;
    this.#generation++;
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#pending.clear();
    for (const page of this.#wanted) void this.#read(page, this.#generation, true);
  }

  /** The same question again, because the project changed. */
  refresh(): void {
    this.ask(this.#query);
  }

  /** Says which positions are in sight. */
  show(first: number, last: number): void {
    const from = Math.max(0, Math.floor(first / PAGE));
    const to = Math.max(from, Math.floor(last / PAGE));
    this.#wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    for (const page of this.#wanted) if (!this.#pages.has(page)) void this.#read(page, this.#generation, false);
  }

  /** Changes rows in place: live progress, optimistic edits. */
  update(change: (run: RunRow) => RunRow): void {
    this.#pages = new Map([...this.#pages].map(([page, rows]) => [page, rows.map(change)]));
  }

  /** Ids of the whole selection, in order. */
  allIds(): Promise<readonly number[]> {
    return api.runIds(this.#query);
  }

  async #read(page: number, generation: number, fresh: boolean): Promise<void> {
    if (this.#pending.has(page)) return;
    this.#pending.add(page);
    try {
      const answer = await api.runs({ ...this.#query, offset: page * PAGE, limit: PAGE }, this.#abort.signal);
      if (generation === this.#generation) this.#accept(page, answer, fresh);
    } catch (error) {
      if (generation === this.#generation) this.#failure = (error as Error).message;
    } finally {
      if (generation === this.#generation) this.#pending.delete(page);
    }
  }

  #accept(page: number, answer: RunPage, fresh: boolean): void {
    const kept = fresh ? [...this.#pages].filter(([number]) => this.#wanted.includes(number)) : [...this.#pages];
    const all: [number, readonly RunRow[]][] = [...kept, [page, answer.runs]];
    // Rows carry every metric: far ones are let go, and read again when they come back into sight.
    const near = all.sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page)).slice(0, MOST_PAGES);
    this.#pages = new Map(near);
    this.#total = answer.total;
    this.#parameterKeys = answer.parameterKeys;
    this.#metricKeys = answer.metricKeys;
    this.#failure = null;
  }
}
