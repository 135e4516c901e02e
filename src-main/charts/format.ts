/**
 * How numbers are written, everywhere: tables, charts, reports. Digits by meaning, a true minus sign, a thin space in
 * thousands, words where there is no number. Copying and exporting never go through here: they give full precision.
 */
import type { MetricSpecification } from '../api/contract.ts';

export type NumberFormat = MetricSpecification['format'];

/** A value as tables hold it: JSON carries non-finite numbers as words. */
export type FormattableNumber = number | 'NaN' | 'Infinity' | '-Infinity' | null | undefined;

const thinSpace = '\u2009';
const minus = '\u2212';

/** Written in place of a value that does not exist. */
export const absent = '–';

/**
 * @example formatNumber(0.517496, 'cosine') // '0.5175'
 * @example formatNumber(3.06e-12, 'gap')    // '3.1e-12'
 * @example formatNumber(null, 'loss')       // '–'
 */
export function formatNumber(value: FormattableNumber, format: NumberFormat): string {
  if (value === null || value === undefined) return absent;
  const number = Number(value);
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : `${minus}∞`;
  switch (format) {
    case 'cosine':
      return signed(number.toFixed(4));
    case 'loss':
    case 'ratio':
      return significant(number, 6);
    case 'gap':
      return number === 0 ? '0' : signed(number.toExponential(1).replace('e+', 'e'));
    case 'count':
      return signed(groupThousands(Number.isInteger(number) ? String(number) : number.toFixed(1)));
    case 'milliseconds':
      return duration(number);
    case 'flag':
      return number === 0 ? 'no' : 'yes';
  }
}

/** Fixed notation with so many significant digits, scientific where that would be long. */
export function significant(number: number, digits: number): string {
  if (number === 0) return '0';
  // From the rounded number: 0.9999999 has the magnitude of 1.
  const magnitude = Number(number.toExponential(digits - 1).split('e')[1]);
  if (magnitude < -5 || magnitude >= 9) return signed(number.toExponential(digits - 1).replace('e+', 'e'));
  return signed(groupThousands(number.toFixed(Math.max(0, digits - 1 - magnitude))));
}

/** For hover and inspection: every digit that a double is good for, without noise in the last place. */
export function exact(value: FormattableNumber): string {
  if (value === null || value === undefined) return absent;
  const number = Number(value);
  if (!Number.isFinite(number)) return formatNumber(number, 'ratio');
  const rounded = Number(number.toPrecision(10));
  const magnitude = Math.abs(rounded);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e9))
    return signed(String(rounded.toExponential()).replace('e+', 'e'));
  return signed(groupThousands(String(rounded)));
}

/** Milliseconds as a person says them: 0.21 ms, 12.3 s, 4 min 05 s, 2 h 10 min. */
export function duration(milliseconds: number): string {
  if (milliseconds < 0.9995) return `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 999.5) return `${significant(milliseconds, 3)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

function signed(text: string): string {
  // −0.0000 says nothing that 0.0000 does not.
  if (/^-[0.]+$/.test(text)) return text.slice(1);
  return text.startsWith('-') ? minus + text.slice(1) : text;
}

function groupThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace('-', '');
  // Four digits stay together, as in print.
  const grouped = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, thinSpace) : digits;
  return (whole.startsWith('-') ? '-' : '') + grouped + (fraction === undefined ? '' : `.${fraction}`);
}
