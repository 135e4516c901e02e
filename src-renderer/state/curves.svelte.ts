/**
 * The points of some series over one range, read together, and read again when told, while somebody can see them. Points on screen stay until their
 * successors are complete; calls during a read fold into one more.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are replaced as a whole ($state.raw) or not shown */
import { api } from '../api.ts';
import type { Zoom } from '../text/chart-input.ts';
import { unpackSeries, type SeriesPoints } from '../text/series.ts';

export interface CurveKey {
  readonly run: number;
  readonly metric: string;
}

/** About two rows per pixel of a wide chart. */
const POINTS = 1_600;

export const curveName = ({ run, metric }: CurveKey): string => `${run} ${metric}`;

export class Curves {
  #points = $state.raw<ReadonlyMap<string, SeriesPoints>>(new Map());
  #failure = $state<string | null>(null);
  #keys: readonly CurveKey[] = [];
  #zoom: Zoom | null = null;
  #abort = new AbortController();
  #reading = false;
  #again = false;
  #inSight = false;

  get points(): ReadonlyMap<string, SeriesPoints> {
    return this.#points;
  }

  get failure(): string | null {
    return this.#failure;
  }

  /** What to hold from now on. */
  show(keys: readonly CurveKey[], zoom: Zoom | null): void {
    this.#keys = keys;
    this.#zoom = zoom;
    this.#abort.abort();
    this.#abort = new AbortController();
    this.refresh();
  }

  refresh(): void {
    this.#again = true;
    if (this.#inSight && !this.#reading) void this.#read();
  }

  /** For `{@attach}` on what shows the curves: points are read while it is in sight, or nearly. */
  readonly watch = (element: Element): (() => void) => {
    const observer = new IntersectionObserver(
      (entries) => {
        this.#inSight = entries.at(-1)?.isIntersecting === true;
        if (this.#inSight && this.#again && !this.#reading) void this.#read();
      },
      { rootMargin: '200px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  };

  close(): void {
    this.#abort.abort();
    this.#keys = [];
  }

  async #read(): Promise<void> {
    this.#reading = true;
    while (this.#again && this.#inSight) {
      this.#again = false;
      const { signal } = this.#abort;
      const range = { points: POINTS, ...(this.#zoom ?? {}) };
      try {
        const entries = await Promise.all(
          this.#keys.map(async (key): Promise<[string, SeriesPoints]> => [
            curveName(key),
            unpackSeries(await api.series(key.run, key.metric, range, signal)),
          ]),
        );
        if (signal.aborted) continue;
        this.#points = new Map(entries);
        this.#failure = null;
      } catch (error) {
        if (!signal.aborted) this.#failure = (error as Error).message;
      }
    }
    this.#reading = false;
  }
}
