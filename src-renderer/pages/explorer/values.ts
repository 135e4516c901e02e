/** Between a control's value, its text and its place on the slider. Refuses to guess: wrong text is named, not mended. */
import type { NumberControl } from '../../models/model.ts';

type Control = Omit<NumberControl, 'type'>;

const STEPS_PER_DECADE = 100;
/** Of a real number on a linear scale. */
const LINEAR_STEPS = 200;

export function formatValue(control: Control, value: number): string {
  if (value === Infinity && control.infinity) return control.infinity;
  const magnitude = Math.abs(value);
  // Long rows of zeros say less than powers, and do not fit the field.
  return magnitude >= 1e7 || (magnitude > 0 && magnitude < 1e-4)
    ? value.toExponential().replace('e+', 'e')
    : String(value);
}

export type Reading = { readonly value: number } | { readonly error: string };

/** Accepts decimal points, powers (1e3), and the words for infinity. */
export function readValue(control: Control, text: string): Reading {
  const trimmed = text.trim();
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
    : { error: `${control.name} must be ${range}; ${quote(trimmed)} is not.` };
}

/** What was typed, as a sentence quotes it. */
export function quote(text: string): string {
  return text === '' ? 'an empty field' : `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`;
}

function plain(value: number): string {
  return value >= 1e4 && Number.isInteger(Math.log10(value))
    ? `10${[...String(Math.log10(value))].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)]).join('')}`
    : String(value);
}

const known = new WeakMap<Control, readonly number[]>();

/** The finite values on the slider, ascending. */
function stopsOf(control: Control): readonly number[] {
  let stops = known.get(control);
  if (!stops) known.set(control, (stops = makeStops(control)));
  return stops;
}

function makeStops({ from, to, whole, logarithmic }: Control): number[] {
  if (logarithmic) {
    const count = Math.round(Math.log10(to / from) * STEPS_PER_DECADE);
    // Three significant digits: what a slider can honestly set.
    const values = Array.from({ length: count + 1 }, (_, i) =>
      Number((from * 10 ** (i / STEPS_PER_DECADE)).toPrecision(3)),
    );
    return whole ? [...new Set(values.map(Math.round))] : values;
  }
  if (whole) return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return Array.from({ length: LINEAR_STEPS + 1 }, (_, i) =>
    Number((from + ((to - from) * i) / LINEAR_STEPS).toPrecision(6)),
  );
}

/** The slider's last stop: steps 0 … stops. Infinity takes one stop beyond the finite range. */
export function sliderStops(control: Control): number {
  return stopsOf(control).length - (control.infinity ? 0 : 1);
}

/** The nearest stop, on a logarithmic scale in the logarithm. */
export function toSlider(control: Control, value: number): number {
  const stops = stopsOf(control);
  if (value === Infinity) return sliderStops(control);
  const above = stops.findIndex((stop) => stop >= value);
  if (above <= 0) return above < 0 ? stops.length - 1 : 0;
  const [low, high] = [stops[above - 1]!, stops[above]!];
  const middle = control.logarithmic ? Math.sqrt(low * high) : (low + high) / 2;
  return value < middle ? above - 1 : above;
}

export function fromSlider(control: Control, stop: number): number {
  return stopsOf(control)[stop] ?? Infinity;
}
