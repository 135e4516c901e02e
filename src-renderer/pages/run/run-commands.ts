/** What can be done with the run on screen, by key and in the palette. */
import type { RunDetail, RunKind, RunRow } from '../../api.ts';
import type { Command } from '../../state/commands.svelte.ts';
import type { Studio } from '../../state/studio.svelte.ts';

/** As jobs/protocol.ts names it. */
const CHECKPOINT = 'checkpoint.safetensors';

export interface RunEdits {
  readonly rename: () => void;
  readonly tags: () => void;
  readonly note: () => void;
}

export const isBusy = (run: Pick<RunDetail, 'status'>): boolean => run.status === 'running' || run.status === 'queued';

/** Waits, or computes with checkpoints to go on from. */
export const isPausable = (run: Pick<RunRow, 'status'>, kind: RunKind | undefined): boolean =>
  run.status === 'queued' || (run.status === 'running' && kind?.resumable === true);

/** Paused, or ended early with a checkpoint to go on from. */
export const isResumable = (run: Pick<RunDetail, 'status' | 'artifacts' | 'trashed'>): boolean =>
  !run.trashed &&
  (run.status === 'paused' ||
    (['failed', 'cancelled', 'interrupted'].includes(run.status) &&
      run.artifacts.some(({ name }) => name === CHECKPOINT)));

export function runCommands(studio: Studio, run: () => RunDetail | null, edits: RunEdits): readonly Command[] {
  const one = (
    id: string,
    label: string,
    keys: string,
    act: (run: RunDetail) => unknown,
    fits: (run: RunDetail) => boolean = () => true,
  ): Command => ({
    id: `run-${id}`,
    label,
    group: 'This run',
    keys,
    enabled: () => {
      const shown = run();
      return shown !== null && fits(shown);
    },
    run: () => {
      const shown = run();
      if (shown !== null) void act(shown);
    },
  });
  const { actions, router } = studio;
  return [
    one('back', 'Back to the runs', 'Esc', () => router.go({ page: 'runs' })),
    one('rename', 'Rename', 'F2', edits.rename),
    one('tags', 'Edit tags', 't', edits.tags),
    one('note', 'Edit the note', 'm', edits.note),
    one('archive', 'Archive, or take out of the archive', 'e', (shown) => actions.archive([shown.id], !shown.archived)),
    one(
      'trash',
      'Move to the trash',
      'Delete',
      (shown) => actions.trash([shown.id]),
      (shown) => !shown.trashed,
    ),
    one('again', 'Run again with the same parameters', 'Shift+R', (shown) => actions.repeat([shown.id])),
    one('new', 'New run from these parameters', 'd', (shown) => router.go({ page: 'new', from: shown.id })),
    one('report', 'Report on this run', 'p', (shown) => router.go({ page: 'report', runs: [shown.id] })),
    one(
      'pause',
      'Pause',
      'Shift+P',
      (shown) => actions.pause([shown.id]),
      (shown) => isPausable(shown, studio.kind(shown.kind)),
    ),
    one('resume', 'Resume', 'r', (shown) => actions.resume([shown.id]), isResumable),
    one('stop', 'Stop', 'Shift+S', (shown) => actions.cancel([shown.id]), isBusy),
  ];
}
