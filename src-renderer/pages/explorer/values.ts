/** Between a control's value, its text and its place on the slider. Refuses to guess: wrong text is named, not mended. */
import type { Control } from './controls.ts';

const STEPS_PER_DECADE = 100;

export function formatValue(control: Control, value: number): string {
  return value === Infinity && control.infinity ? control.infinity : String(value);
}

export type Reading = { readonly value: number } | { readonly error: string };

/** Accepts decimal points, powers (1e3), and the words for infinity. */
export function readValue(control: Control, text: string): Reading {
  const trimmed = text.trim();
  const shown = trimmed === '' ? 'an empty field' : `“${trimmed.length > 24 ? `${trimmed.slice(0, 24)}…` : trimmed}”`;
  if (control.infinity && ['inf', 'infinity', '∞', control.infinity].includes(trimmed.toLowerCase()))
    return { value: Infinity };
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : NaN;
  const kind = control.whole ? 'a whole number' : 'a number';
  const range = `${kind} from ${plain(control.least)} to ${plain(control.most)}${control.infinity ? `, or ${control.infinity}` : ''}`;
  const good =
    Number.isFinite(value) &&
    value >= control.least &&
    value <= control.most &&
    (!control.whole || Number.isInteger(value));
  // Nine digits: what the counts of a kept run can express.
  return good
    ? { value: Number(value.toPrecision(9)) }
    : { error: `${control.name} must be ${range}; ${shown} is not.` };
}

function plain(value: number): string {
  return value >= 1e4
    ? `10${[...String(Math.round(Math.log10(value)))].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)]).join('')}`
    : String(value);
}

/** The slider's last stop: steps 0 … stops. Infinity takes one stop beyond the finite range. */
export function sliderStops(control: Control): number {
  const finite = control.logarithmic
    ? Math.round(Math.log10(control.to / control.from) * STEPS_PER_DECADE)
    : control.to - control.from;
  return finite + (control.infinity ? 1 : 0);
}

export function toSlider(control: Control, value: number): number {
  const stops = sliderStops(control);
  if (value === Infinity) return stops;
  const place = control.logarithmic ? Math.log10(value / control.from) * STEPS_PER_DECADE : value - control.from;
  return Math.min(Math.max(Math.round(place), 0), control.infinity ? stops - 1 : stops);
}

/** Three significant digits: what a slider can honestly set. */
export function fromSlider(control: Control, stop: number): number {
  if (control.infinity && stop >= sliderStops(control)) return Infinity;
  if (!control.logarithmic) return control.from + stop;
  return Number((control.from * 10 ** (stop / STEPS_PER_DECADE)).toPrecision(3));
}
