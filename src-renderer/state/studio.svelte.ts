/** What every screen shares: the project, the kinds of runs, and the services. Made once in main.ts. */
import { getContext, setContext } from 'svelte';
import { api, type Experiment, type ProjectInfo, type RunKind } from '../api.ts';
import { Clock } from './clock.svelte.ts';
import { Commands } from './commands.svelte.ts';
import { Events } from './events.svelte.ts';
import { Jobs } from './jobs.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { Router } from './router.svelte.ts';
import { RunActions } from './run-actions.ts';
import { RunsView } from './runs-view.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Uploads } from './uploads.svelte.ts';

export class Studio {
  readonly clock = new Clock();
  readonly commands = new Commands();
  readonly events = new Events();
  readonly preferences = new Preferences();
  readonly router = new Router();
  readonly toasts = new Toasts();
  readonly uploads = new Uploads();
  readonly jobs = new Jobs(this.events);
  readonly actions = new RunActions(this.toasts, () => this.changed());
  readonly runs = new RunsView(this.events);

  #project = $state.raw<ProjectInfo | null>(null);
  #kinds = $state.raw<readonly RunKind[]>([]);
  #experiments = $state.raw<readonly Experiment[]>([]);
  #failure = $state<string | null>(null);
  /** Whether the dialog that chooses features to measure is open. */
  measuring = $state(false);

  constructor() {
    this.events.listen((events) => {
      if (events.some((event) => event.type === 'changed')) void this.load();
    });
    void this.load();
  }

  get project(): ProjectInfo | null {
    return this.#project;
  }

  get kinds(): readonly RunKind[] {
    return this.#kinds;
  }

  get experiments(): readonly Experiment[] {
    return this.#experiments;
  }

  /** Why the project could not be read; null when it could. */
  get failure(): string | null {
    return this.#failure;
  }

  kind(id: string): RunKind | undefined {
    return this.#kinds.find((kind) => kind.id === id);
  }

  async load(): Promise<void> {
    try {
      const [project, kinds, experiments] = await Promise.all([api.project(), api.kinds(), api.experiments()]);
      this.#project = project;
      this.#kinds = kinds;
      this.#experiments = experiments;
      this.#failure = null;
    } catch (error) {
      if (this.#project === null) this.#failure = (error as Error).message;
    }
  }

  /** After an action of this window: read again what it touched, without waiting for the event to come round. */
  changed(): void {
    void this.load();
    this.runs.refresh();
    this.jobs.refresh();
  }
}

const KEY = Symbol('studio');

export const provideStudio = (studio: Studio): Studio => setContext(KEY, studio);
export const useStudio = (): Studio => getContext<Studio>(KEY);
