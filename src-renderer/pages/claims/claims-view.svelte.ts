/**
 * The state of the claims screen: the claims, what the latest runs said about each, and the run that computes now, whose
 * verdicts are read as they come. It tests nothing itself.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are replaced as a whole ($state.raw) or not shown */
import { api, type ClaimList, type RunDetail, type RunRow, type StudioEvent } from '../../api.ts';
import type { Events } from '../../state/events.svelte.ts';
import { claimsResult, latestOutcomes, liveVerdicts, type LiveVerdict } from '../../text/claims.ts';
import { unpackSeries } from '../../text/series.ts';

/** Runs looked at for the latest outcome of every claim. */
const MOST_RUNS = 20;
const isBusy = ({ status }: RunRow): boolean => status === 'running' || status === 'queued';

export class ClaimsView {
  #list = $state.raw<ClaimList | null>(null);
  #rows = $state.raw<readonly RunRow[]>([]);
  #details = $state.raw<ReadonlyMap<number, RunDetail>>(new Map());
  #live = $state.raw<ReadonlyMap<string, LiveVerdict>>(new Map());
  #failure = $state<string | null>(null);
  #reading = false;
  #again = false;
  readonly #events: Events;

  constructor(events: Events) {
    this.#events = events;
  }

  get list(): ClaimList | null {
    return this.#list;
  }

  get failure(): string | null {
    return this.#failure;
  }

  /** The run of claims that waits or computes; of several the one that was queued first. */
  readonly current = $derived.by(() => this.#rows.findLast(isBusy) ?? null);
  /** The last run that ended, however it ended. */
  readonly last = $derived.by(() => this.#rows.find((row) => !isBusy(row)) ?? null);
  readonly latest = $derived.by(() => latestOutcomes(this.#rows.flatMap((row) => this.#details.get(row.id) ?? [])));

  /** Verdicts of the current run so far. */
  get live(): ReadonlyMap<string, LiveVerdict> {
    return this.current === null ? new Map<string, LiveVerdict>() : this.#live;
  }

  /** Follows the runs until the returned function is called. */
  open(): () => void {
    this.refresh();
    return this.#events.listen((batch) => this.#hear(batch));
  }

  /** Queues a run. @param ids null for every claim */
  async start(ids: readonly string[] | null): Promise<void> {
    const parameters = { paper: 'all', only: ids === null ? '' : ids.join(', ') };
    const name = ids === null ? 'All claims' : ids.length === 1 ? `Claim ${ids[0]}` : `${ids.length} claims`;
    await api.create({ kind: 'claims', parameters, experiment: 'Claims', name });
    this.refresh();
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
        this.#list ??= await api.claims();
        const query = { kind: 'claims', sort: 'createdAt', descending: true, limit: MOST_RUNS };
        this.#rows = (await api.runs(query)).runs;
        await this.#readDetails(this.#list);
        await this.#readLive(this.#list);
        this.#failure = null;
      } catch (error) {
        this.#failure = (error as Error).message;
      }
    }
    this.#reading = false;
  }

  /** Newest first, and no further than until every claim has an outcome. */
  async #readDetails({ claims }: ClaimList): Promise<void> {
    const details = new Map<number, RunDetail>();
    const open = new Set(claims.map(({ id }) => id));
    for (const row of this.#rows) {
      if (row.status !== 'done') continue;
      if (open.size === 0) break;
      const detail = this.#details.get(row.id) ?? (await api.run(row.id));
      details.set(row.id, detail);
      for (const { id } of claimsResult(detail.result)?.claims ?? []) open.delete(id);
    }
    this.#details = details;
  }

  async #readLive({ claims }: ClaimList): Promise<void> {
    const run = this.#rows.findLast(isBusy);
    // Both series: the batch that brings the first point of one may lack the other.
    if (run?.metrics['claim_error_ratio'] === undefined || run.metrics['claim_milliseconds'] === undefined) {
      this.#live = new Map();
      return;
    }
    const range = { points: 1_000 };
    const [ratios, times] = await Promise.all([
      api.series(run.id, 'claim_error_ratio', range),
      api.series(run.id, 'claim_milliseconds', range),
    ]);
    this.#live = liveVerdicts(claims, unpackSeries(ratios), unpackSeries(times));
  }

  #hear(batch: readonly StudioEvent[]): void {
    let again = false;
    for (const event of batch) {
      if (event.type === 'changed') again = true;
      if (event.type === 'points') again = again || event.id === this.current?.id;
      if (event.type !== 'run') continue;
      const row = this.#rows.find(({ id }) => id === event.id);
      // Mere progress needs no reading; a run that is not known may be one of claims.
      if (row === undefined || row.status !== event.status) again = true;
      else this.#rows = this.#rows.map((one) => (one === row ? { ...row, progress: event.progress } : one));
    }
    if (again) this.refresh();
  }
}
