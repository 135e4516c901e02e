/**
 * Which runs are chosen, and the row the keyboard is on. Chosen by id, so that sorting, filtering and live changes
 * never change what is chosen; ranges are by position at the moment they are drawn.
 */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are replaced as a whole ($state.raw) or not shown */
export class Selection {
  #ids = $state.raw<ReadonlySet<number>>(new Set());
  /** Position of the row the keyboard is on; −1 before any. */
  active = $state(-1);
  #anchor = 0;

  get ids(): ReadonlySet<number> {
    return this.#ids;
  }

  /** In the order they were chosen. */
  get list(): readonly number[] {
    return [...this.#ids];
  }

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  clear(): void {
    if (this.#ids.size > 0) this.#ids = new Set();
  }

  set(ids: Iterable<number>): void {
    this.#ids = new Set(ids);
  }

  toggle(id: number, position: number): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#ids = ids;
    this.active = this.#anchor = position;
  }

  only(id: number, position: number): void {
    this.#ids = new Set([id]);
    this.active = this.#anchor = position;
  }

  /** Moves the keyboard's row without choosing anything. */
  moveTo(position: number): void {
    this.active = this.#anchor = position;
  }

  /** From the anchor to the position; `idAt` gives the ids of the rows that are loaded. */
  extendTo(position: number, idAt: (position: number) => number | undefined): void {
    const ids = new Set<number>();
    const [from, to] = position < this.#anchor ? [position, this.#anchor] : [this.#anchor, position];
    for (let at = from; at <= to; at++) {
      const id = idAt(at);
      if (id !== undefined) ids.add(id);
    }
    this.#ids = ids;
    this.active = position;
  }

  /** Leaves out what is no longer there. */
  forget(gone: readonly number[]): void {
    this.#ids = new Set([...this.#ids].filter((id) => !gone.includes(id)));
  }
}
