/** Keeps the address in step with what is on screen, without a new entry in the history for every move of a slider. */

// What is used of the browser: the tests run where there is none.
declare const location: { readonly hash: string };
declare const history: { replaceState(data: unknown, unused: string, url: string): void };

/** Browsers refuse more than a few address changes a second. */
const REST_MS = 250;

export class AddressWriter {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written = '';

  /** @param address told when it is time to write, so that the newest is written. */
  write(address: () => string): void {
    clearTimeout(this.#timer);
    const before = location.hash;
    this.#timer = setTimeout(() => {
      // The reader has gone elsewhere since, and the page is about to follow.
      if (location.hash !== before) return;
      this.#written = address();
      history.replaceState(null, '', this.#written);
    }, REST_MS);
  }

  /** Whether the address is this writer's own work: then it is no news. */
  get isOwn(): boolean {
    return this.#written !== '' && location.hash === this.#written;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
