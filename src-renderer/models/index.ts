/** The Explorer's tabs after the Layer-Peeled Model itself, one line each, in their order on screen. */
import { deepLinear } from './deep-linear.ts';
import { flow } from './flow.ts';
import { frames } from './frames.ts';
import { lowRank } from './low-rank.ts';
import type { ExplorerModel } from './model.ts';
import { phase } from './phase.ts';
import { ridge } from './ridge.ts';

export const models: readonly ExplorerModel[] = [phase, flow, deepLinear, ridge, frames, lowRank];
