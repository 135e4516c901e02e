/** Commands that work on every screen. */
import { recipes } from '../text/recipes.ts';
import type { Route } from '../text/routes.ts';
import type { Command } from './commands.svelte.ts';
import type { Studio } from './studio.svelte.ts';

interface Openers {
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
}

export function globalCommands(studio: Studio, openers: Openers): readonly Command[] {
  const go = (id: string, label: string, keys: string, route: () => Route): Command => ({
    id: `go-${id}`,
    label,
    group: 'Go to',
    keys,
    run: () => studio.router.go(route()),
  });
  const chosen = (): readonly number[] => studio.runs.selection.list;
  return [
    go('explorer', 'Explorer', 'g e', () => ({ page: 'explorer' })),
    go('claims', 'Claims', 'g l', () => ({ page: 'claims' })),
    go('runs', 'Runs', 'g r', () => ({ page: 'runs' })),
    go('compare', 'Compare', 'g c', () => ({ page: 'compare', runs: chosen(), baseline: null })),
    go('report', 'Report', 'g p', () => ({ page: 'report', runs: chosen() })),
    go('settings', 'Settings and doctor', 'g s', () => ({ page: 'settings' })),
    { ...go('new', 'New experiment', 'n', () => ({ page: 'new', from: null })), group: 'Runs' },
    {
      id: 'measure',
      label: 'Measure features of a trained network…',
      group: 'Runs',
      run: () => (studio.measuring = true),
    },
    ...recipes.map(({ id, title }): Command => ({
      id: `recipe-${id}`,
      label: `Recipe: ${title}`,
      group: 'Runs',
      run: () => studio.router.go({ page: 'new', from: null, preset: { kind: 'train', parameters: { recipe: id } } }),
    })),
    {
      id: 'palette',
      label: 'Search or run a command',
      group: 'Studio',
      keys: 'Mod+K',
      always: true,
      run: openers.openPalette,
    },
    { id: 'shortcuts', label: 'Show keyboard shortcuts', group: 'Studio', keys: '?', run: openers.openShortcuts },
    { id: 'undo', label: 'Undo the last action', group: 'Studio', keys: 'Mod+Z', run: () => void studio.toasts.undo() },
    {
      id: 'theme',
      label: 'Switch between light and dark',
      group: 'Studio',
      keys: 'Shift+T',
      run: () => studio.preferences.toggleTheme(),
    },
    {
      id: 'density',
      label: 'Switch between compact and comfortable rows',
      group: 'Studio',
      run: () => {
        const { preferences } = studio;
        preferences.density = preferences.density === 'compact' ? 'comfortable' : 'compact';
      },
    },
  ];
}
