/** The Explorer's tabs after the Layer-Peeled Model itself, one line each, in their order on screen. */
import { advisor } from './advisor.ts';
import { deepLinear } from './deep-linear.ts';
import { flow } from './flow.ts';
import { frames } from './frames.ts';
import { losses } from './losses.ts';
import { lowRank } from './low-rank.ts';
import type { ExplorerModel } from './model.ts';
import { perClass } from './per-class.ts';
import { phase } from './phase.ts';
import { ridge } from './ridge.ts';

export const models: readonly ExplorerModel[] = [
  phase,
  advisor,
  losses,
  perClass,
  flow,
  deepLinear,
  ridge,
  frames,
  lowRank,
];
