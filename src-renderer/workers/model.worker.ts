/**
 * The models in a thread of their own, one worker for all of them. It answers in order; while it refines a view it listens,
 * and a new request ends the refinement.
 */
import { InvalidInput } from '../../src-main/parameters/specification.ts';
import { models } from '../models/index.ts';
import type { ModelView } from '../models/model.ts';
import type { ModelFailure, ModelReply, ModelRequest } from './model-protocol.ts';

interface WorkerScope {
  onmessage: ((event: MessageEvent<ModelRequest>) => void) | null;
  postMessage(message: ModelReply): void;
}
const scope = globalThis as unknown as WorkerScope;

let latest = 0;

scope.onmessage = ({ data: { id, model: name, setting } }) => {
  latest = id;
  const started = performance.now();
  const answer = (view: ModelView | null, failure: ModelFailure | null, more: boolean): void =>
    scope.postMessage({ id, view, failure, milliseconds: performance.now() - started, more });
  try {
    const model = models.find((one) => one.id === name);
    if (!model) throw new Error(`There is no model ${name}`);
    const view = model.compute(setting);
    answer(view, null, model.refine !== undefined);
    if (model.refine) refine(id, model.refine(setting)[Symbol.iterator](), answer);
  } catch (error) {
    answer(null, failureOf(error), false);
  }
};

function refine(
  id: number,
  steps: Iterator<ModelView | null>,
  answer: (view: ModelView | null, failure: ModelFailure | null, more: boolean) => void,
): void {
  const step = (): void => {
    if (id !== latest) return;
    try {
      const { done, value } = steps.next();
      if (done === true) answer(null, null, false);
      else {
        if (value) answer(value, null, true);
        // A task of its own, so that a request that came meanwhile is heard first.
        setTimeout(step);
      }
    } catch (error) {
      answer(null, failureOf(error), false);
    }
  };
  setTimeout(step);
}

function failureOf(error: unknown): ModelFailure {
  if (error instanceof InvalidInput)
    return {
      message: error.issues.map((issue) => issue.message).join('; '),
      fields: error.issues.map((issue) => issue.field),
    };
  return { message: error instanceof Error ? error.message : String(error), fields: [] };
}
