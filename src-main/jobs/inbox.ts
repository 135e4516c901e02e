/** Messages in the order they came, taken together by one reader that waits for them. */

export interface Inbox<T> {
  put(message: T): void;
  /** All that has come since the last time, at least one. */
  take(): Promise<readonly T[]>;
}

export function createInbox<T>(): Inbox<T> {
  let held: T[] = [];
  let rouse: (() => void) | null = null;
  return {
    put(message) {
      held.push(message);
      rouse?.();
      rouse = null;
    },
    async take() {
      if (held.length === 0) await new Promise<void>((resolve) => (rouse = resolve));
      // Whatever is ready to be read along with it shares its transaction.
      await new Promise((resolve) => setImmediate(resolve));
      const taken = held;
      held = [];
      return taken;
    },
  };
}
