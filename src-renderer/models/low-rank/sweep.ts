/**
 * The heads of one setting as far as they are solved, kept for the next look at it: moving the rank alone solves nothing
 * again. What is quick is solved at once, the rest step by step while the setting rests.
 */
import { headSweep, type HeadPoint, type HeadSetting } from '../../../src-main/models/low-rank/head.ts';

export interface HeadProgress {
  readonly setting: HeadSetting;
  /** By rank; a rank that is missing is not solved yet. */
  readonly points: Map<number, HeadPoint>;
  /** Every rank is solved. */
  done: boolean;
  /** Solves on for a moment; true if a new rank is ready. */
  advance(): boolean;
}

/** Settings kept: a few, for a slider that goes back and forth. */
const KEPT = 24;
/** Time for what is shown at once, in milliseconds. */
const AT_ONCE = 40;

const cache = new Map<string, HeadProgress>();

/** The sweep of a setting with what is quick: closed forms, certified ranks, and whatever decay allows in a moment. */
export function headProgress(setting: HeadSetting): HeadProgress {
  const key = JSON.stringify(setting);
  const known = cache.get(key);
  // The one used last goes to the end of the line.
  cache.delete(key);
  const progress = known ?? start(setting);
  cache.set(key, progress);
  if (cache.size > KEPT) cache.delete(cache.keys().next().value!);
  if (known === undefined) solveAtOnce(progress);
  return progress;
}

function start(setting: HeadSetting): HeadProgress {
  const steps = ordered(setting);
  const points = new Map<number, HeadPoint>();
  return {
    setting,
    points,
    done: false,
    advance() {
      const { done, value } = steps.next();
      if (done === true) this.done = true;
      if (value) points.set(value.rank, value);
      return value !== undefined;
    },
  };
}

/** Budgets: first the ranks that are solved globally, which takes no time. */
function* ordered(setting: HeadSetting): Generator<HeadPoint | undefined, undefined> {
  const K = setting.counts.length;
  if (setting.model !== 'budgets') return yield* headSweep(setting);
  yield* headSweep(setting, K, K - 1);
  if (K > 2) yield* headSweep(setting, K - 2);
  return undefined;
}

function solveAtOnce(progress: HeadProgress): void {
  const started = performance.now();
  const slow = (): boolean =>
    progress.setting.model === 'budgets' ? progress.points.size >= 2 : performance.now() - started > AT_ONCE;
  while (!progress.done && !slow()) progress.advance();
}
