/** The present, once a second, for durations of what is still running. */
export class Clock {
  #now = $state(Date.now());

  constructor() {
    setInterval(() => {
      this.#now = Date.now();
    }, 1_000);
  }

  get now(): number {
    return this.#now;
  }
}
