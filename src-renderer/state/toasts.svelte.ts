/**
 * Short messages at the foot of the window, and the undo that belongs to them. An action that can be undone stays on
 * the undo stack after its message has gone, so Ctrl+Z reaches back further than the screen.
 */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'error';
  readonly undo: (() => Promise<void>) | null;
}

const SHOWN_MS = 8_000;
const UNDO_DEPTH = 50;

export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #undoable: Toast[] = [];
  #next = 1;

  get list(): readonly Toast[] {
    return this.#list;
  }

  say(text: string): void {
    this.#show({ id: this.#next++, text, tone: 'plain', undo: null });
  }

  /** Errors stay until they are dismissed: nobody should have to hurry to read what went wrong. */
  fail(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.#show({ id: this.#next++, text, tone: 'error', undo: null });
  }

  undoable(text: string, undo: () => Promise<void>): void {
    const toast: Toast = { id: this.#next++, text, tone: 'plain', undo };
    this.#undoable = [...this.#undoable.slice(1 - UNDO_DEPTH), toast];
    this.#show(toast);
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  /** Undoes the given toast's action, or the latest one. */
  async undo(id?: number): Promise<void> {
    const toast = id === undefined ? this.#undoable.at(-1) : this.#undoable.find((one) => one.id === id);
    if (toast?.undo === null || toast === undefined) return this.say('Nothing to undo');
    this.#undoable = this.#undoable.filter((one) => one !== toast);
    this.dismiss(toast.id);
    try {
      await toast.undo();
      this.say(`Undone: ${toast.text}`);
    } catch (error) {
      this.fail(error);
    }
  }

  #show(toast: Toast): void {
    this.#list = [...this.#list.filter((one) => one.text !== toast.text || one.undo !== null), toast].slice(-4);
    if (toast.tone === 'plain') setTimeout(() => this.dismiss(toast.id), SHOWN_MS);
  }
}
