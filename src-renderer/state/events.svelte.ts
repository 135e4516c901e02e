/**
 * The live stream of the studio: one connection, reopened for ever, handed out in batches at most four times a second
 * so that a thousand points a second still repaint calmly. After a break every listener gets `changed`, because what
 * happened meanwhile was not heard.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are replaced as a whole ($state.raw) or not shown */
import { api, type StudioEvent } from '../api.ts';
import { lines } from '../text/lines.ts';

const FLUSH_MS = 250;
/** The server beats well within this; silence beyond it means that the connection is dead. */
const SILENCE_MS = 40_000;
const RETRY_MS = [250, 500, 1_000, 2_000, 4_000];

type Listener = (events: readonly StudioEvent[]) => void;

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

export class Events {
  #state = $state<'connecting' | 'connected' | 'lost'>('connecting');
  #listeners = new Set<Listener>();
  #pending: StudioEvent[] = [];
  #flushing = false;

  constructor() {
    void this.#run();
  }

  get state(): 'connecting' | 'connected' | 'lost' {
    return this.#state;
  }

  /** @returns the function that ends the subscription. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #run(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const wasLost = this.#state === 'lost';
      try {
        await this.#read(() => {
          attempt = 0;
          this.#state = 'connected';
          if (wasLost) this.#push({ type: 'changed' });
        });
      } catch {
        // Whatever broke the stream, the answer is the same: say so and connect again.
      }
      this.#state = 'lost';
      await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 4_000);
    }
  }

  async #read(connected: () => void): Promise<void> {
    const abort = new AbortController();
    let watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
    try {
      const response = await api.events(abort.signal);
      if (response.body === null) return;
      connected();
      for await (const line of lines(response.body)) {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), SILENCE_MS);
        this.#push(JSON.parse(line) as StudioEvent);
      }
    } finally {
      clearTimeout(watchdog);
      abort.abort();
    }
  }

  #push(event: StudioEvent): void {
    if (event.type === 'beat' || event.type === 'hello') return;
    this.#pending.push(event);
    if (this.#flushing) return;
    this.#flushing = true;
    setTimeout(() => {
      const events = this.#pending;
      this.#pending = [];
      this.#flushing = false;
      for (const listener of this.#listeners) listener(events);
    }, FLUSH_MS);
  }
}
