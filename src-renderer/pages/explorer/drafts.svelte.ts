/** What is being typed into fields while it is wrong: text and what is wrong with it, by control. It changes no value. */
interface Draft {
  readonly text: string;
  readonly error: string;
}

export class Drafts {
  #drafts = $state.raw<Readonly<Record<string, Draft>>>({});

  text(key: string): string | undefined {
    return this.#drafts[key]?.text;
  }

  error(key: string): string | null {
    return this.#drafts[key]?.error ?? null;
  }

  refuse(key: string, text: string, error: string): void {
    this.#drafts = { ...this.#drafts, [key]: { text, error } };
  }

  /** The field is right again. */
  drop(key: string): void {
    if (!this.#drafts[key]) return;
    this.#drafts = Object.fromEntries(Object.entries(this.#drafts).filter(([other]) => other !== key));
  }

  clear(): void {
    this.#drafts = {};
  }
}
