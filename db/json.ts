/**
 * JSON as the project stores it: non-finite numbers become the words "NaN", "Infinity", "-Infinity", as in the API,
 * where JSON.stringify alone would turn them into null; typed arrays become lists, where it would name every index.
 */

/** @throws TypeError for what JSON cannot hold (a cycle, a bigint) */
export function encodeJson(value: unknown): string {
  // undefined (a job without a result) has no JSON; null says the same.
  return JSON.stringify(value ?? null, (_key, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return String(item);
    return ArrayBuffer.isView(item) && !(item instanceof DataView) ? Array.from(item as Float64Array) : item;
  });
}
