/** Keeps the address in step with what is on screen, without a new entry in the history for every move of a slider. */

/** Browsers refuse more than a few address changes a second. */
const REST_MS = 250;

/** What is used of the browser's address bar (address-bar.ts). */
export interface AddressBar {
  readonly hash: string;
  replace(address: string): void;
}

export class AddressWriter {
  readonly #bar: AddressBar;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written = '';

  constructor(bar: AddressBar) {
    this.#bar = bar;
  }

  /** @param address told when it is time to write, so that the newest is written. */
  write(address: () => string): void {
    clearTimeout(this.#timer);
    const before = this.#bar.hash;
    this.#timer = setTimeout(() => {
      // The reader has gone elsewhere since, and the page is about to follow.
      if (this.#bar.hash !== before) return;
      this.#written = address();
      this.#bar.replace(this.#written);
    }, REST_MS);
  }

  /** Whether the address is this writer's own work: then it is no news. */
  get isOwn(): boolean {
    return this.#written !== '' && this.#bar.hash === this.#written;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
