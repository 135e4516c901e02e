/**
 * Key chords as text: `g r` (one after the other), `Mod+K` (Ctrl, or Command on a Mac), `Shift+Delete`, `?`.
 * Pure; the listening is in state/commands.svelte.ts.
 */
export interface Stroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', ArrowUp: 'Up', ArrowDown: 'Down', Escape: 'Esc' };

/** The chord of one key press. Shift is written only where the key itself does not show it. */
export function chordOf(stroke: Stroke): string {
  const key = NAMES[stroke.key] ?? (stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key);
  const shows = stroke.key.length === 1 && stroke.key.toLowerCase() === stroke.key.toUpperCase();
  const parts = [];
  if (stroke.ctrlKey || stroke.metaKey) parts.push('Mod');
  if (stroke.altKey) parts.push('Alt');
  if (stroke.shiftKey && !shows) parts.push('Shift');
  return [...parts, key.length === 1 && parts.length > 0 ? key.toUpperCase() : key].join('+');
}

/** The chord as it is printed: parts to be set as keys, in order. */
export function printedKeys(chord: string, mac: boolean): readonly string[] {
  return chord.split(' ').flatMap((step) =>
    step.split('+').map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
      return part.length === 1 ? part.toUpperCase() : part;
    }),
  );
}

const PLAIN_INPUTS = new Set(['checkbox', 'radio', 'range', 'button', 'submit']);

/** True where plain letters belong to the field and not to shortcuts. */
export function isTyping(
  target: { readonly tagName?: string; readonly type?: string; readonly isContentEditable?: boolean } | null,
): boolean {
  if (target === null) return false;
  if (target.isContentEditable === true) return true;
  if (target.tagName === 'INPUT') return !PLAIN_INPUTS.has(target.type ?? 'text');
  return target.tagName === 'TEXTAREA' || target.tagName === 'SELECT';
}
