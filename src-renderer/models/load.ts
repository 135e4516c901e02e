/** The models for the page: names, controls and words. A chunk of its own, so that no other screen waits for it. */
import type { ExplorerModel } from './model.ts';

let loading: Promise<readonly ExplorerModel[]> | null = null;

export function loadModels(): Promise<readonly ExplorerModel[]> {
  loading ??= import('./index.ts').then(({ models }) => models);
  return loading;
}
