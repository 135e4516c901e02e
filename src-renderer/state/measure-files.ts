/** From files at hand to a run that measures them: checks the set, sends it, opens the run. Says at once what cannot be done. */
import { featureSet } from '../text/feature-set.ts';
import type { Studio } from './studio.svelte.ts';
import type { SourceFile } from './uploads.svelte.ts';

export async function measureFiles(studio: Studio, files: readonly SourceFile[]): Promise<void> {
  const { toasts, uploads, router } = studio;
  if (uploads.current !== null) {
    toasts.fail(`${uploads.current.name} is still on its way; give the next files when it has arrived, or cancel it.`);
    return;
  }
  const set = featureSet(files);
  if (typeof set === 'string') {
    toasts.fail(set);
    return;
  }
  try {
    const id = await uploads.measure(set);
    if (id === null) {
      toasts.say(`Upload of ${set.name} cancelled; nothing of it was kept`);
      return;
    }
    studio.changed();
    router.go({ page: 'run', id });
  } catch (error) {
    toasts.fail(error);
  }
}
