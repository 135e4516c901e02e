/** What a tab of the Explorer asks of the models' worker and what comes back. Types only. */
import type { ModelSetting, ModelView } from '../models/model.ts';

export interface ModelRequest {
  readonly id: number;
  /** An id of models/index.ts. */
  readonly model: string;
  readonly setting: ModelSetting;
}

export interface ModelFailure {
  readonly message: string;
  /** Keys of the controls that are to blame, where the model says so. */
  readonly fields: readonly string[];
}

export interface ModelReply {
  readonly id: number;
  readonly view: ModelView | null;
  readonly failure: ModelFailure | null;
  /** Of the computation alone. */
  readonly milliseconds: number;
  /** first: what a slider waits for. refined: a better view of the same setting. */
  readonly stage: 'first' | 'refined';
  /** Better views of the same setting follow. */
  readonly more: boolean;
}
