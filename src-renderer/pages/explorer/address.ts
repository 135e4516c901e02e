/** The view of the Layer-Peeled Model as the query of its address, and back: a link reproduces what is on screen. */
import type { GeometryView, Setting } from '../../workers/protocol.ts';
import { controls, defaultSetting } from './controls.ts';
import { formatValue, readValue } from './values.ts';

export type Side = 'classifier' | 'feature';

const geometryViews: readonly GeometryView[] = ['groups', 'components', 'space'];

export interface View {
  readonly setting: Setting;
  /** Whose cosines the curve shows. */
  readonly side: Side;
  readonly geometry: GeometryView;
}

export const defaultView: View = { setting: defaultSetting, side: 'classifier', geometry: 'groups' };

export function formatAddress(view: View): string {
  const search = new URLSearchParams();
  for (const control of controls) {
    const value = view.setting[control.key];
    search.set(control.key, value === Infinity && control.key === 'r' ? 'inf' : formatValue(control, value));
  }
  if (view.side !== 'classifier') search.set('side', view.side);
  if (view.geometry !== 'groups') search.set('geometry', view.geometry);
  return `#/explorer?${search.toString()}`;
}

export interface ReadAddress {
  readonly view: View;
  /** What in the address could not be used; its default stands instead. */
  readonly errors: readonly string[];
}

export function readAddress(hash: string): ReadAddress {
  const search = new URLSearchParams(hash.split('?')[1] ?? '');
  const errors: string[] = [];
  const setting: Record<string, number> = { ...defaultSetting };
  for (const control of controls) {
    const text = search.get(control.key);
    if (text === null) continue;
    const reading = readValue(control, text);
    if ('value' in reading) setting[control.key] = reading.value;
    else
      errors.push(
        `The link is not quite right: ${reading.error} ${formatValue(control, control.default)} is used instead.`,
      );
  }
  return {
    view: {
      setting: setting as unknown as Setting,
      side: search.get('side') === 'feature' ? 'feature' : 'classifier',
      geometry: geometryViews.find((view) => view === search.get('geometry')) ?? 'groups',
    },
    errors,
  };
}
