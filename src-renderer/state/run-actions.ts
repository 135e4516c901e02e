/**
 * What can be done to runs, from any screen, each with its undo. Deleting means moving to the trash; only emptying the
 * trash is final, and the page that offers it asks first.
 */
import { api, type RunPatch, type RunRow } from '../api.ts';
import type { Toasts } from './toasts.svelte.ts';

const AT_ONCE = 6;

const runsText = (count: number): string => (count === 1 ? '1 run' : `${count} runs`);

/** Does the task for every item, a few at a time; the first failure is thrown after the others were tried. */
async function each<T>(items: readonly T[], task: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await task(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
}

export class RunActions {
  readonly #toasts: Toasts;
  readonly #changed: () => void;

  constructor(toasts: Toasts, changed: () => void) {
    this.#toasts = toasts;
    this.#changed = changed;
  }

  /** Changes one run and remembers what it was. */
  async edit(run: RunRow, patch: RunPatch, what: string): Promise<void> {
    const before = Object.fromEntries(Object.keys(patch).map((key) => [key, run[key as keyof RunRow]])) as RunPatch;
    await this.#do(
      what,
      () => api.patch(run.id, patch),
      () => api.patch(run.id, before),
    );
  }

  async setTags(runs: readonly RunRow[], tagsOf: (run: RunRow) => readonly string[]): Promise<void> {
    await this.#do(
      `Tags of ${runsText(runs.length)} changed`,
      () => each(runs, (run) => api.patch(run.id, { tags: tagsOf(run) })),
      () => each(runs, (run) => api.patch(run.id, { tags: run.tags })),
    );
  }

  async archive(ids: readonly number[], archived: boolean): Promise<void> {
    await this.#do(
      `${runsText(ids.length)} ${archived ? 'archived' : 'taken out of the archive'}`,
      () => each(ids, (id) => api.patch(id, { archived })),
      () => each(ids, (id) => api.patch(id, { archived: !archived })),
    );
  }

  async trash(ids: readonly number[]): Promise<void> {
    await this.#do(
      `${runsText(ids.length)} moved to the trash`,
      () => each(ids, (id) => api.trash(id)),
      () => each(ids, (id) => api.restore(id)),
    );
  }

  async restore(ids: readonly number[]): Promise<void> {
    await this.#do(
      `${runsText(ids.length)} restored`,
      () => each(ids, (id) => api.restore(id)),
      () => each(ids, (id) => api.trash(id)),
    );
  }

  async emptyTrash(count: number): Promise<void> {
    await this.#tell(`Trash emptied: ${runsText(count)} deleted for good`, () => api.emptyTrash());
  }

  async cancel(ids: readonly number[]): Promise<void> {
    await this.#tell(`Stopping ${runsText(ids.length)}; points computed so far are kept`, () =>
      each(ids, (id) => api.cancel(id)),
    );
  }

  async pause(ids: readonly number[]): Promise<void> {
    await this.#tell(`Pausing ${runsText(ids.length)}; resume when you like`, () => each(ids, (id) => api.pause(id)));
  }

  async resume(ids: readonly number[]): Promise<void> {
    await this.#tell(`${runsText(ids.length)} queued to go on`, () => each(ids, (id) => api.resume(id)));
  }

  /** The same parameters and seed once more, as new runs. */
  async repeat(ids: readonly number[]): Promise<void> {
    await this.#tell(`${runsText(ids.length)} queued again`, () => each(ids, (id) => api.duplicate(id)));
  }

  async #do(what: string, act: () => Promise<unknown>, undo: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      this.#toasts.undoable(what, async () => {
        await undo();
        this.#changed();
      });
    } catch (error) {
      this.#toasts.fail(error);
    }
    this.#changed();
  }

  async #tell(what: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
      this.#toasts.say(what);
    } catch (error) {
      this.#toasts.fail(error);
    }
    this.#changed();
  }
}
