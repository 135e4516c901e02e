/** A model's setting as the query of its address, and back: a link reproduces what is on screen. */
import type { ExplorerModel, ModelControl, ModelSetting } from '../../models/model.ts';
import { formatValue, quote, readValue } from './values.ts';

export function defaultsOf(model: Pick<ExplorerModel, 'controls'>): ModelSetting {
  return Object.fromEntries(model.controls.map((control) => [control.key, control.default]));
}

export type ControlReading = { readonly value: number | string } | { readonly error: string };

/** Reads what was typed or linked; wrong text is named, not mended. */
export function readControl(control: ModelControl, text: string): ControlReading {
  if (control.type === 'number') return readValue(control, text);
  if (control.type === 'text') {
    const error = control.check(text);
    return error === null ? { value: text } : { error };
  }
  const values = control.choices.map((choice) => choice.value);
  return values.includes(text)
    ? { value: text }
    : { error: `${control.name} must be one of ${values.join(', ')}; ${quote(text)} is not.` };
}

export function controlText(control: ModelControl, value: number | string): string {
  return control.type === 'number' ? formatValue(control, Number(value)) : String(value);
}

export function formatModelAddress(model: Pick<ExplorerModel, 'id' | 'controls'>, setting: ModelSetting): string {
  const search = new URLSearchParams();
  for (const control of model.controls) {
    const value = setting[control.key] ?? control.default;
    search.set(control.key, value === Infinity ? 'inf' : controlText(control, value));
  }
  return `#/explorer/${model.id}?${search.toString()}`;
}

export interface ReadModelAddress {
  readonly setting: ModelSetting;
  /** What in the address could not be used; its default stands instead. */
  readonly errors: readonly string[];
}

export function readModelAddress(model: Pick<ExplorerModel, 'controls'>, hash: string): ReadModelAddress {
  const search = new URLSearchParams(hash.split('?')[1] ?? '');
  const errors: string[] = [];
  const setting: Record<string, number | string> = { ...defaultsOf(model) };
  for (const control of model.controls) {
    const text = search.get(control.key);
    if (text === null) continue;
    const reading = readControl(control, text);
    if ('value' in reading) setting[control.key] = reading.value;
    else
      errors.push(
        `The link is not quite right: ${reading.error} ${controlText(control, control.default) || 'Nothing'} is used instead.`,
      );
  }
  return { setting, errors };
}
