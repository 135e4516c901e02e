/** Numbers for a terminal: the studio's formatting with plain ASCII signs, so that a copied number is a number. */
import { formatNumber, type FormattableNumber, type NumberFormat } from '../charts/format.ts';
import { thresholdText } from '../charts/threshold.ts';

/** @example terminalNumber(-0.1111111, 'cosine') // '-0.1111' */
export function terminalNumber(value: FormattableNumber, format: NumberFormat): string {
  return plain(formatNumber(value, format));
}

/** The same text without typographic minus and thin spaces. */
export function plain(text: string): string {
  return text.replaceAll('\u2212', '-').replaceAll('\u2009', '').replaceAll('\u2013', '-');
}

/** A ratio or weight: whole numbers without decimals. */
export function brief(value: number): string {
  return Number.isInteger(value) ? String(value) : terminalNumber(value, 'ratio');
}

/** A threshold, also one beyond the range of numbers. */
export function threshold(ratio: number | null, logRatio: number | null): string {
  return plain(thresholdText(ratio, logRatio));
}
