/** What the test set says after an epoch, by metric key. Without a test set it says nothing. */
import { evaluate, shareOf } from './evaluate.ts';
import type { Session } from './session.ts';

/** @returns null where there is no sample to say it of, or no two groups */
export async function heldOut(
  session: Session,
  breathe: () => Promise<void>,
): Promise<Readonly<Record<string, number | null>>> {
  const { dataset, plan } = session;
  if (dataset.test === null) return {};
  const all = Int32Array.from(dataset.test.labels, (_, i) => i);
  const { samples, correct, loss } = await evaluate(session, dataset.test, all, breathe);
  const minority = [...plan.counts.keys()].filter((k) => !plan.majority.includes(k));
  const two = plan.majority.length > 0;
  return {
    test_loss: shareOf(loss, samples, null),
    test_accuracy: shareOf(correct, samples, null),
    test_accuracy_majority: two ? shareOf(correct, samples, plan.majority) : null,
    test_accuracy_minority: two ? shareOf(correct, samples, minority) : null,
  };
}
