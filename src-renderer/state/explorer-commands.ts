/** Every tab of the Explorer as a command. */
import { loadModels } from '../models/load.ts';
import type { Command } from './commands.svelte.ts';

export async function explorerCommands(): Promise<readonly Command[]> {
  const models = await loadModels();
  return models.map(({ id, name }) => ({
    id: `explorer-${id}`,
    label: `Explorer: ${name}`,
    group: 'Go to',
    run: () => (location.hash = `#/explorer/${id}`),
  }));
}
