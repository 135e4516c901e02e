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

/** Rest before a view is refined: while a slider moves, neither this thread nor the page spends time on what will not last. */
const REST_MS = 120;

let latest = 0;

type Outcome = Pick<ModelReply, 'view' | 'failure' | 'stage' | 'more'>;

scope.onmessage = ({ data: { id, model: name, setting } }) => {
  latest = id;
  const started = performance.now();
  const answer = (outcome: Outcome): void =>
    scope.postMessage({ id, milliseconds: performance.now() - started, ...outcome });
  try {
    const model = models.find((one) => one.id === name);
    if (!model) throw new Error(`There is no model ${name}`);
    const view = model.compute(setting);
    answer({ view, failure: null, stage: 'first', more: model.refine !== undefined });
    if (model.refine) refine(id, model.refine(setting)[Symbol.iterator](), answer);
  } catch (error) {
    answer({ view: null, failure: failureOf(error), stage: 'first', more: false });
  }
};

function refine(id: number, steps: Iterator<ModelView | null>, answer: (outcome: Outcome) => void): void {
  const step = (): void => {
    if (id !== latest) return;
    try {
      const { done, value } = steps.next();
      if (done === true) {
        answer({ view: null, failure: null, stage: 'refined', more: false });
        return;
      }
      if (value) answer({ view: value, failure: null, stage: 'refined', more: true });
      // A task of its own, so that a request that came meanwhile is heard first.
      setTimeout(step);
    } catch (error) {
      answer({ view: null, failure: failureOf(error), stage: 'refined', more: false });
    }
  };
  setTimeout(step, REST_MS);
}

function failureOf(error: unknown): ModelFailure {
  if (error instanceof InvalidInput)
    return {
      message: error.issues.map((issue) => issue.message).join('; '),
      fields: error.issues.map((issue) => issue.field),
    };
  return { message: error instanceof Error ? error.message : String(error), fields: [] };
}
