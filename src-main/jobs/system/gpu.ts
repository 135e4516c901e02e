/**
 * What NVIDIA's `nvidia-smi` answers about the cards of a machine. Says nothing about which of them a job uses, so of
 * several cards the busiest and the fullest are reported. Other makers' cards are not known.
 */

export interface GpuAnswer {
  readonly at: number;
  /** Lines of `--query-gpu=utilization.gpu,memory.used --format=csv,noheader,nounits`: per cent, MiB. */
  readonly gpu: string;
}

const MEGABYTES_PER_MEBIBYTE = 1.048576;

/** Values by series: per cent of the time in which the card was at work, and MB of 10⁶ bytes. `[N/A]` is left out. */
export function gpuValues(answer: string): Readonly<Record<string, number>> {
  const rows = answer
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number.parseFloat));
  const most = (column: number): number =>
    Math.max(...rows.map((row) => row[column] ?? NaN).filter((value) => Number.isFinite(value)));
  const [busiest, fullest] = [most(0), most(1)];
  return {
    ...(Number.isFinite(busiest) && { 'system/gpu': busiest }),
    ...(Number.isFinite(fullest) && { 'system/gpu-memory': fullest * MEGABYTES_PER_MEBIBYTE }),
  };
}
