/** Zod says `field?: T | undefined`; the rest of the program says `field?: T`. This drops the undefined ones. */

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The same object without fields that are undefined. */
export function given<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Given<T>;
}
