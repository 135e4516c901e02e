/**
 * Everything a person can do, as one list: the palette shows it, the shortcuts drawer prints it, and one key listener
 * carries it out. Screens add their commands while they are shown.
 */
import { untrack } from 'svelte';
import { chordOf, isTyping } from '../text/keys.ts';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** A chord such as `g r` or `Mod+K`; without one the command is in the palette only. */
  readonly keys?: string;
  /** Works while a text field has the focus. */
  readonly always?: boolean;
  readonly enabled?: () => boolean;
  readonly run: () => void;
}

const SEQUENCE_MS = 1_200;

export class Commands {
  #list = $state.raw<readonly Command[]>([]);
  #first: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get list(): readonly Command[] {
    return this.#list;
  }

  /** @returns the function that takes the commands away again; made for `$effect`. */
  add(commands: readonly Command[]): () => void {
    // Called in effects, which must not depend on the list they change.
    untrack(() => (this.#list = [...this.#list, ...commands]));
    return () => {
      untrack(() => (this.#list = this.#list.filter((command) => !commands.includes(command))));
    };
  }

  /** Carries out the command of a key press; a dialog on top keeps its keys to itself. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    const inDialog = (target?.closest('[role=dialog],[role=menu],[role=listbox]') ?? null) !== null;
    const chord = chordOf(event);
    const sequence = this.#first === null ? chord : `${this.#first} ${chord}`;
    this.#forget();
    const command = this.#find(sequence) ?? this.#find(chord);
    if (command !== undefined) {
      if (command.always !== true && (inDialog || isTyping(target))) return;
      event.preventDefault();
      command.run();
    } else if (!inDialog && !isTyping(target) && this.#list.some((one) => one.keys?.startsWith(`${chord} `))) {
      this.#first = chord;
      this.#timer = setTimeout(() => this.#forget(), SEQUENCE_MS);
    }
  }

  /** The latest added wins: the screen in front may give a key its own meaning. */
  #find(keys: string): Command | undefined {
    return this.#list.findLast((command) => command.keys === keys && command.enabled?.() !== false);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#first = null;
  }
}
