/**
 * Asks the worker, latest wins: at most one request is under way, and only the newest of those that came meanwhile is sent
 * after it. A long rank-constrained solve that is no longer wanted is ended with its worker rather than waited for.
 */
import { alignTo } from './procrustes.ts';
import type {
  CosineCurve,
  Picture,
  PlaneVectors,
  Setting,
  GeometryView,
  SolveReply,
  SolveRequest,
} from './protocol.ts';

/** Rest after the last change before a rank-constrained solve starts: it takes from a tenth of a second to minutes. */
const REST_MS = 160;

export interface Answer {
  readonly picture: Picture & { readonly curve: CosineCurve };
  /** When the change that led here happened (performance.now()). */
  readonly askedAt: number;
  /** A rank-constrained solve follows; until then this is the relaxation. */
  readonly provisional: boolean;
}

export interface Listener {
  answer(answer: Answer): void;
  failure(message: string): void;
}

interface Wish {
  readonly setting: Setting;
  readonly view: GeometryView;
  readonly stage: SolveRequest['stage'];
  readonly askedAt: number;
}

export class SolverClient {
  readonly #listener: Listener;
  #worker: Worker | null = null;
  #underWay: Wish | null = null;
  #next: Wish | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #curve: CosineCurve | null = null;
  #plane: PlaneVectors | null = null;
  #lastId = 0;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  ask(setting: Setting, view: GeometryView, askedAt: number): void {
    clearTimeout(this.#rest);
    if (this.#underWay?.stage === 'posed') this.stop();
    this.#send({ setting, view, stage: 'relaxation', askedAt });
  }

  /** Ends whatever is under way; what was answered before stays on screen. */
  stop(): void {
    clearTimeout(this.#rest);
    this.#worker?.terminate();
    this.#worker = null;
    this.#underWay = null;
    this.#next = null;
    // A new worker knows no curve and sends it again.
    this.#curve = null;
  }

  #send(wish: Wish): void {
    if (this.#underWay) {
      this.#next = wish;
      return;
    }
    this.#underWay = wish;
    this.#worker ??= this.#start();
    const request: SolveRequest = { id: ++this.#lastId, setting: wish.setting, view: wish.view, stage: wish.stage };
    this.#worker.postMessage(request);
  }

  #start(): Worker {
    const worker = new Worker(new URL('./solver.worker.ts', import.meta.url), { type: 'module', name: 'solver' });
    worker.onmessage = ({ data }: MessageEvent<SolveReply>) => {
      if (worker === this.#worker && data.id === this.#lastId) this.#receive(data);
    };
    worker.onerror = (event) => {
      if (worker !== this.#worker) return;
      this.stop();
      this.#listener.failure(
        `The solver stopped: ${event.message || 'it could not be started'}. Change a value to start it again.`,
      );
    };
    return worker;
  }

  #receive(reply: SolveReply): void {
    const wish = this.#underWay;
    this.#underWay = null;
    if (!wish) return;
    const next = this.#next;
    this.#next = null;
    if (reply.picture) this.#deliver(wish, reply.picture, next !== null);
    else this.#listener.failure(reply.error ?? 'The solver gave no answer.');
    if (next) this.#send(next);
  }

  #deliver(wish: Wish, picture: Picture, superseded: boolean): void {
    this.#curve = picture.curve ?? this.#curve;
    if (!this.#curve) return;
    this.#plane = alignTo(this.#plane, picture.plane);
    const needsPosed = wish.stage === 'relaxation' && wish.setting.p < picture.certificate.rank;
    this.#listener.answer({
      picture: { ...picture, plane: this.#plane, curve: this.#curve },
      askedAt: wish.askedAt,
      provisional: needsPosed,
    });
    if (needsPosed && !superseded) {
      this.#rest = setTimeout(() => this.#send({ ...wish, stage: 'posed', askedAt: performance.now() }), REST_MS);
    }
  }
}
