/** The papers whose claims are tested, in the order in which they are shown. */
import type { PaperId } from './claim.ts';

export interface Paper {
  readonly id: PaperId;
  /** What it is about, a few words. */
  readonly title: string;
  readonly citation: string;
}

export const papers: readonly Paper[] = [
  {
    id: 'layer-peeled',
    title: 'Layer-Peeled Model',
    citation: 'Fang, He, Long, Su, PNAS 118(43), 2021, arXiv 2101.12699',
  },
  {
    id: 'unconstrained',
    title: 'Unconstrained Layer-Peeled Model',
    citation: 'Ji, Lu, Zhang, Deng, Su, ICLR 2022, arXiv 2110.02796',
  },
  {
    id: 'deep-linear',
    title: 'Deep linear networks',
    citation: 'Dang, Tran, Osher, Tran-The, Ho, Nguyen, ICML 2023, arXiv 2301.00437',
  },
  { id: 'low-rank', title: 'Low-rank training', citation: 'Kamalakara et al. 2022, arXiv 2209.13569' },
  {
    id: 'neighbours',
    title: 'Neighbouring results',
    citation: 'Hong, Ling, arXiv 2309.09725; Thrampoulidis et al., NeurIPS 2022, arXiv 2208.05512; arXiv 2401.02058',
  },
];
