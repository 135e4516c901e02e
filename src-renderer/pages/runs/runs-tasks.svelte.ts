/** What can be done with the chosen runs (or the row the keyboard is on): one place for buttons, keys and palette. */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are made, read and dropped in one call */
import { api, type RunRow } from '../../api.ts';
import type { Command } from '../../state/commands.svelte.ts';
import type { Studio } from '../../state/studio.svelte.ts';
import { copyText, type Column } from '../../text/columns.ts';
import { isPausable } from '../run/run-commands.ts';

export class RunsTasks {
  readonly studio: Studio;
  /** Run whose name is being edited in the table. */
  renaming = $state<number | null>(null);
  /** Runs whose tags or note a dialog is editing. */
  tagging = $state.raw<readonly RunRow[] | null>(null);
  noting = $state.raw<RunRow | null>(null);

  constructor(studio: Studio) {
    this.studio = studio;
  }

  /** The chosen runs, else the active row. */
  get targets(): readonly number[] {
    const { selection, pages } = this.studio.runs;
    if (selection.ids.size > 0) return selection.list;
    const active = pages.at(selection.active);
    return active === undefined ? [] : [active.id];
  }

  open(id: number): void {
    this.studio.router.go({ page: 'run', id });
  }

  compare(): void {
    this.studio.router.go({ page: 'compare', runs: this.targets, baseline: null });
  }

  report(): void {
    this.studio.router.go({ page: 'report', runs: this.targets });
  }

  archive(): void {
    const archived = this.studio.runs.filter.shelf !== 'archived';
    this.#leave((ids) => this.studio.actions.archive(ids, archived));
  }

  trash(): void {
    if (this.studio.runs.filter.shelf !== 'trash') this.#leave((ids) => this.studio.actions.trash(ids));
  }

  restore(): void {
    this.#leave((ids) => this.studio.actions.restore(ids));
  }

  stop(): void {
    void this.studio.actions.cancel(this.targets);
  }

  /** Those of the targets that can be paused; the rest go on. */
  async pause(): Promise<void> {
    const runs = (await this.rows()).filter((run) => isPausable(run, this.studio.kind(run.kind)));
    if (runs.length > 0) await this.studio.actions.pause(runs.map(({ id }) => id));
  }

  async resume(): Promise<void> {
    const runs = (await this.rows()).filter(({ status }) => status === 'paused');
    if (runs.length > 0) await this.studio.actions.resume(runs.map(({ id }) => id));
  }

  async repeat(): Promise<void> {
    await this.studio.actions.repeat(this.targets);
  }

  async editTags(): Promise<void> {
    if (this.targets.length > 0) this.tagging = await this.rows();
  }

  async editNote(): Promise<void> {
    this.noting = (await this.rows())[0] ?? null;
  }

  async copy(columns: readonly Column[]): Promise<void> {
    const rows = await this.rows();
    await navigator.clipboard.writeText(copyText(rows, columns));
    this.studio.toasts.say(`Copied ${rows.length === 1 ? '1 run' : `${rows.length} runs`} at full precision`);
  }

  /** The target rows in full; those that are not loaded are read. */
  async rows(): Promise<readonly RunRow[]> {
    const loaded = new Map(this.studio.runs.pages.loaded.map((run) => [run.id, run]));
    return Promise.all(this.targets.map((id) => loaded.get(id) ?? api.run(id)));
  }

  async chooseAll(): Promise<void> {
    const { selection, pages } = this.studio.runs;
    selection.set(await pages.allIds());
  }

  commands(columns: () => readonly Column[]): readonly Command[] {
    const some = (): boolean => this.targets.length > 0;
    const one = (id: string, label: string, keys: string, run: () => unknown, enabled = some): Command => ({
      id: `runs-${id}`,
      label,
      group: 'Runs',
      keys,
      enabled,
      run: () => void run(),
    });
    return [
      one(
        'filter',
        'Filter runs by text',
        '/',
        () => document.getElementById('runs-text')?.focus(),
        () => true,
      ),
      one('compare', 'Compare chosen runs', 'c', () => this.compare()),
      one('report', 'Report on chosen runs', 'p', () => this.report()),
      one('rename', 'Rename the run', 'F2', () => (this.renaming = this.targets[0] ?? null)),
      one('tags', 'Edit tags', 't', () => this.editTags()),
      one('note', 'Edit the note', 'm', () => this.editNote()),
      one('archive', 'Archive, or take out of the archive', 'e', () => this.archive()),
      one('trash', 'Move to the trash', 'Delete', () => this.trash()),
      one('repeat', 'Run again with the same parameters', 'Shift+R', () => this.repeat()),
      one('pause', 'Pause running and queued runs', 'Shift+P', () => this.pause()),
      one('resume', 'Resume paused runs', 'r', () => this.resume()),
      one('stop', 'Stop running and queued runs', 'Shift+S', () => this.stop()),
      one(
        'copy',
        'Copy rows at full precision',
        'Mod+C',
        () => this.copy(columns()),
        () => some() && String(getSelection()) === '',
      ),
      one(
        'all',
        'Choose all runs',
        'Mod+A',
        () => this.chooseAll(),
        () => true,
      ),
    ];
  }

  /** An action after which the runs are no longer on this shelf. */
  #leave(action: (ids: readonly number[]) => Promise<void>): void {
    const ids = this.targets;
    if (ids.length === 0) return;
    this.studio.runs.selection.forget(ids);
    void action(ids);
  }
}
