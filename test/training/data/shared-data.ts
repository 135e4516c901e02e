/** Real data beside the checkout (../shared/data): read where they are, never copied. Tests of them are skipped without. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');
export const mnist = join(folder, 'mnist');
export const cifar = join(folder, 'cifar-10-subset');
export const haveMnist = existsSync(mnist);
export const haveCifar = existsSync(cifar);
