/** Asks the models' worker, latest wins. A computation that takes too long for a slider is ended when a newer one comes. */
import type { ModelSetting } from '../models/model.ts';
import { LatestWins } from './latest-wins.ts';
import type { ModelReply, ModelRequest } from './model-protocol.ts';

/** Beyond this, starting the worker anew is quicker than waiting for it. */
const PATIENCE_MS = 1_500;

interface Wish {
  readonly setting: ModelSetting;
  readonly askedAt: number;
  readonly sentAt: number;
}

export interface ModelListener {
  reply(reply: ModelReply, askedAt: number): void;
  failure(message: string): void;
}

export class ModelClient {
  readonly #line: LatestWins<Wish, ModelReply>;

  constructor(model: string, listener: ModelListener) {
    this.#line = new LatestWins<Wish, ModelReply>({
      start: () => new Worker(new URL('./model.worker.ts', import.meta.url), { type: 'module', name: 'models' }),
      request: ({ setting }, id): ModelRequest => ({ id, model, setting }),
      receive: (reply, { askedAt }) => listener.reply(reply, askedAt),
      failure: (message) => listener.failure(message),
    });
  }

  ask(setting: ModelSetting, askedAt: number): void {
    const now = performance.now();
    const { underWay } = this.#line;
    if (underWay && now - underWay.sentAt > PATIENCE_MS) this.#line.stop();
    this.#line.ask({ setting, askedAt, sentAt: now });
  }

  stop(): void {
    this.#line.stop();
  }
}
