/** Opens a data set by its source. A new source is one file beside this one and one line here. */
import type { Dataset } from '../types.ts';
import { openArrays } from './arrays.ts';
import { openCifar } from './cifar.ts';
import { gaussianClusters, gratings, randomLabels, type GeneratedOptions } from './generated.ts';
import { openIdx } from './idx.ts';
import { openImageFolder } from './image-folder.ts';
import { refusal } from './refusal.ts';

export type GeneratedSource = 'gaussian' | 'random-labels' | 'gratings';
export type FileSource = 'idx' | 'cifar-10' | 'cifar-100' | 'images' | 'arrays';

export type DatasetSpecification =
  | ({ readonly source: GeneratedSource } & GeneratedOptions)
  | {
      readonly source: FileSource;
      readonly path: string;
      /** Share of every class that is held out where the source has no test set of its own. */
      readonly testShare: number;
      /** images: resize to this square; arrays: read rows as such images. */
      readonly side: number | null;
      readonly colour: 'grey' | 'rgb';
      readonly seed: number;
    };

const generators: Readonly<Record<GeneratedSource, (options: GeneratedOptions) => Dataset>> = {
  gaussian: gaussianClusters,
  'random-labels': randomLabels,
  gratings,
};

/** @throws InvalidInput naming the field, the file and the place in it */
export async function openDataset(specification: DatasetSpecification): Promise<Dataset> {
  if (!('path' in specification)) return generators[specification.source](specification);
  const { source, path, testShare, side, seed } = specification;
  if (path.trim() === '') throw refusal('path', path, 'name the folder or file of the data');
  if (!(testShare >= 0 && testShare < 1))
    throw refusal('testShare', testShare, `must be at least 0 and below 1, got ${testShare}`);
  const readers: Readonly<Record<FileSource, () => Dataset | Promise<Dataset>>> = {
    idx: () => openIdx(path, testShare, seed),
    'cifar-10': () => openCifar(path, 'cifar-10', testShare, seed),
    'cifar-100': () => openCifar(path, 'cifar-100', testShare, seed),
    images: () => openImageFolder(path, specification),
    arrays: () => openArrays(path, side, testShare, seed),
  };
  const dataset = await readers[source]();
  if (dataset.classes.length < 2)
    throw refusal('path', path, 'holds samples of one class alone; training needs two or more');
  return dataset;
}
