/** From the input event to new data on the page, on the browser's own clock and in its performance timeline. */
export function measureLatency(askedAt: number): number {
  performance.clearMeasures('explorer:latency');
  return performance.measure('explorer:latency', { start: askedAt, end: performance.now() }).duration;
}
