/** The keyboard in the runs table: moving, choosing, opening. Letters and editing keys are commands (runs-tasks). */
import type { RunsView } from '../../state/runs-view.svelte.ts';
import type { RunsTasks } from './runs-tasks.svelte.ts';

interface Table {
  readonly view: RunsView;
  readonly tasks: RunsTasks;
  readonly reveal: (position: number) => void;
  /** Rows in sight. */
  readonly page: number;
}

function target(key: string, active: number, total: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active < 0 ? 0 : active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}

export function handleTableKey(event: KeyboardEvent, { view, tasks, reveal, page }: Table): void {
  const { selection, pages } = view;
  const total = pages.total ?? 0;
  if (event.altKey || total === 0) return;
  const wanted = target(event.key, selection.active, total, page);
  if (wanted !== null) {
    const position = Math.min(total - 1, Math.max(0, wanted));
    if (event.shiftKey) selection.extendTo(position, (at) => pages.at(at)?.id);
    else selection.moveTo(position);
    reveal(position);
  } else {
    const run = pages.at(selection.active);
    if (event.key === ' ' && run !== undefined) selection.toggle(run.id, selection.active);
    else if (event.key === 'Enter' && run !== undefined) tasks.open(run.id);
    else if (event.key === 'Escape') selection.clear();
    else return;
  }
  event.preventDefault();
}
