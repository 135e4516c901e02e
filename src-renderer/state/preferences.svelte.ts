/** What the person chose on this machine: theme and density. Kept in localStorage; nothing of the project goes there. */
export type ThemeChoice = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

const read = <T extends string>(key: string, allowed: readonly T[], otherwise: T): T => {
  const value = localStorage.getItem(key) as T | null;
  return value !== null && allowed.includes(value) ? value : otherwise;
};

export class Preferences {
  #theme = $state<ThemeChoice>(read('peel.theme', ['system', 'light', 'dark'], 'system'));
  #density = $state<Density>(read('peel.density', ['comfortable', 'compact'], 'comfortable'));
  #systemDark = $state(false);

  /** The theme in force: `system` resolved. */
  readonly shown = $derived(this.#theme === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.#theme);

  constructor() {
    const query = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = query.matches;
    query.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
      this.#apply();
    });
    this.#apply();
  }

  get theme(): ThemeChoice {
    return this.#theme;
  }

  set theme(choice: ThemeChoice) {
    this.#theme = choice;
    localStorage.setItem('peel.theme', choice);
    this.#apply();
  }

  get density(): Density {
    return this.#density;
  }

  set density(choice: Density) {
    this.#density = choice;
    localStorage.setItem('peel.density', choice);
    this.#apply();
  }

  get rowHeight(): number {
    return this.#density === 'compact' ? 28 : 34;
  }

  toggleTheme(): void {
    this.theme = this.shown === 'dark' ? 'light' : 'dark';
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.shown;
    document.documentElement.dataset['density'] = this.#density;
  }
}
