/**
 * How many samples each class keeps. Which classes are majority is told, never the file's order; classes keep no more than
 * they have. Step imbalance is that of Fang, He, Long, Su 2021: ⌊n_A/R⌋ samples in minority classes, none at R = ∞.
 */
import { refusal } from './refusal.ts';

export type Imbalance =
  | { readonly kind: 'none' }
  | { readonly kind: 'step'; readonly majority: readonly number[]; readonly ratio: number }
  /** n_k = n·R^{−i/(K−1)}, i the rank of class k in `order`. */
  | { readonly kind: 'long-tail'; readonly order: readonly number[]; readonly ratio: number }
  | { readonly kind: 'explicit'; readonly counts: readonly number[] };

/**
 * @param available samples per class; perClass: the most that any class keeps (n_A), null for all there are
 * @returns n_k. @throws InvalidInput naming majority, ratio or counts
 */
export function keptCounts(available: readonly number[], imbalance: Imbalance, perClass: number | null): number[] {
  const K = available.length;
  const most = available.map((count) => Math.min(count, perClass ?? count));
  switch (imbalance.kind) {
    case 'none':
      return most;
    case 'step': {
      checkRatio(imbalance.ratio);
      const majority = checkedLabels('majority', imbalance.majority, K);
      if (majority.size === 0 || majority.size === K)
        throw refusal(
          'majority',
          [...majority].join(','),
          `must name some of the ${K} classes, not ${majority.size === 0 ? 'none' : 'all'} of them`,
        );
      const empty = [...majority].find((k) => most[k] === 0);
      if (empty !== undefined)
        throw refusal('majority', [...majority].join(','), `class ${empty} has no samples to train on`);
      const nA = Math.min(...[...majority].map((k) => most[k]!));
      return most.map((count, k) => Math.min(count, majority.has(k) ? nA : Math.floor(nA / imbalance.ratio)));
    }
    case 'long-tail': {
      checkRatio(imbalance.ratio);
      if (imbalance.ratio === Infinity) throw refusal('ratio', 'inf', 'must be finite for a long tail');
      const order = [...checkedLabels('order', imbalance.order, K)];
      if (order.length !== K) throw refusal('order', order.join(','), `must name each of the ${K} classes once`);
      const n = Math.min(...most);
      if (n === 0)
        throw refusal(
          'imbalance',
          'long-tail',
          `class ${most.indexOf(0)} has no samples; a long tail keeps some of each`,
        );
      const kept = new Array<number>(K);
      order.forEach((k, i) => (kept[k] = Math.max(1, Math.floor(n * imbalance.ratio ** (-i / Math.max(1, K - 1))))));
      return kept;
    }
    case 'explicit': {
      const { counts } = imbalance;
      if (counts.length !== K)
        throw refusal('counts', counts.join(','), `${counts.length} counts were given for ${K} classes`);
      counts.forEach((count, k) => {
        if (count > available[k]!)
          throw refusal('counts', counts.join(','), `class ${k} has ${available[k]} samples, not ${count}`);
      });
      if (counts.every((count) => count === 0))
        throw refusal('counts', counts.join(','), 'leave no sample to train on');
      return [...counts];
    }
  }
}

function checkRatio(ratio: number): void {
  if (!(ratio >= 1)) throw refusal('ratio', ratio, `the imbalance ratio must be at least 1, got ${ratio}`);
}

function checkedLabels(field: string, labels: readonly number[], K: number): Set<number> {
  for (const label of labels)
    if (!(Number.isInteger(label) && label >= 0 && label < K))
      throw refusal(field, label, `${label} is no class; classes are 0 to ${K - 1}`);
  const distinct = new Set(labels);
  if (distinct.size !== labels.length) throw refusal(field, labels.join(','), 'names a class twice');
  return distinct;
}
