/**
 * Where a logarithmic axis has its ticks, how large a round step is, and how ticks are written.
 */
import { significant } from './format.ts';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Shortest faithful text of a tick: 0.25, −1, 2 000 000 as 2×10⁶. */
export function tickLabel(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)) + 1e-9);
  if (magnitude >= 5 || magnitude <= -4) {
    const mantissa = Number((value / 10 ** magnitude).toPrecision(6));
    const power = `10${superscript(magnitude)}`;
    return Math.abs(mantissa) === 1
      ? mantissa < 0
        ? `−${power}`
        : power
      : `${String(mantissa).replace('-', '−')}×${power}`;
  }
  const text = significant(value, 9);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function superscript(integer: number): string {
  const digits = [...String(Math.abs(integer))].map((digit) => superscripts[Number(digit)]).join('');
  return integer < 0 ? `⁻${digits}` : digits;
}

export interface LogTicks {
  /** Values with a label. */
  readonly major: readonly number[];
  /** Values with a bare tick. */
  readonly minor: readonly number[];
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `rough`. */
export function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((m) => m * power).find((step) => step >= rough * 0.999) ?? power * 10;
}

/** Multiples of `step` from one end to the other, without the noise of the product. */
export function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * Decades (every second, third … one if there are many), 1-2-5 steps when the axis spans less than two decades, or even
 * steps when it spans so little that its logarithm hardly bends.
 */
export function logTicks(low: number, high: number, most = 7): LogTicks {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const within = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const decades = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const fine = decades.flatMap((e) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((m) => m * 10 ** e)).filter(within);
  if (Math.log10(high / low) < 1.5) {
    const steps = decades.flatMap((e) => [1, 2, 5].map((m) => m * 10 ** e)).filter(within);
    const major =
      steps.length >= 2
        ? steps
        : fine.length >= 2
          ? fine.slice(0, most)
          : multiples(low, high, roundStep((high - low) / 4));
    return { major, minor: fine.filter((value) => !major.includes(value)) };
  }
  const stride = Math.ceil(decades.length / most);
  const major = decades
    .filter((e) => e % stride === 0)
    .map((e) => 10 ** e)
    .filter(within);
  const minor = stride === 1 ? fine : decades.map((e) => 10 ** e).filter(within);
  return { major, minor: minor.filter((value) => !major.includes(value)) };
}
