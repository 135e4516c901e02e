/** True when every word of the query occurs in the text, in any order and case. Plain, because guessing surprises. */
export function matches(text: string, query: string): boolean {
  const lower = text.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
