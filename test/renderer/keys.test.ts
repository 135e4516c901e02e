/** Key chords: one spelling for one key press, on every platform; letters belong to text fields. */
import { describe, expect, it } from 'vitest';
import { chordOf, isTyping, printedKeys, type Stroke } from '../../src-renderer/text/keys.ts';

const stroke = (key: string, held: Partial<Stroke> = {}): Stroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('chords', () => {
  it('are the same with Ctrl and with Command', () => {
    expect(chordOf(stroke('k', { ctrlKey: true }))).toBe('Mod+K');
    expect(chordOf(stroke('k', { metaKey: true }))).toBe('Mod+K');
  });

  it('name Shift only where the key does not show it', () => {
    expect(chordOf(stroke('?', { shiftKey: true }))).toBe('?');
    expect(chordOf(stroke('R', { shiftKey: true }))).toBe('Shift+R');
    expect(chordOf(stroke('r'))).toBe('r');
    expect(chordOf(stroke('Delete'))).toBe('Delete');
  });

  it('are printed as keys', () => {
    expect(printedKeys('g r', false)).toEqual(['G', 'R']);
    expect(printedKeys('Mod+K', true)).toEqual(['⌘', 'K']);
  });
});

describe('typing', () => {
  it('is in text fields, not on checkboxes and buttons', () => {
    expect(isTyping({ tagName: 'INPUT', type: 'search' })).toBe(true);
    expect(isTyping({ tagName: 'TEXTAREA' })).toBe(true);
    expect(isTyping({ tagName: 'INPUT', type: 'checkbox' })).toBe(false);
    expect(isTyping({ tagName: 'BUTTON' })).toBe(false);
    expect(isTyping(null)).toBe(false);
  });
});
