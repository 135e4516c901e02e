/**
 * Asks the worker of the Layer-Peeled Model: the relaxation at once, the rank-constrained problem when the controls rest. A
 * long rank-constrained solve that is no longer wanted is ended with its worker rather than waited for.
 */
import { LatestWins } from './latest-wins.ts';
import { alignTo } from './procrustes.ts';
import type { CosineCurve, Drawing, GeometryView, Picture, Setting, SolveReply, SolveRequest } from './protocol.ts';

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
  readonly #line: LatestWins<Wish, SolveReply>;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #curve: CosineCurve | null = null;
  #drawing: Drawing | null = null;

  constructor(listener: Listener) {
    this.#listener = listener;
    this.#line = new LatestWins<Wish, SolveReply>({
      start: () => new Worker(new URL('./solver.worker.ts', import.meta.url), { type: 'module', name: 'solver' }),
      request: ({ setting, view, stage }, id): SolveRequest => ({ id, setting, view, stage }),
      receive: (reply, wish, superseded) => this.#receive(reply, wish, superseded),
      failure: (message) => {
        this.#curve = null;
        listener.failure(message);
      },
    });
  }

  ask(setting: Setting, view: GeometryView, askedAt: number): void {
    clearTimeout(this.#rest);
    if (this.#line.underWay?.stage === 'posed') this.stop();
    this.#line.ask({ setting, view, stage: 'relaxation', askedAt });
  }

  /** Ends whatever is under way; what was answered before stays on screen. */
  stop(): void {
    clearTimeout(this.#rest);
    this.#line.stop();
    // A new worker knows no curve and sends it again.
    this.#curve = null;
  }

  #receive(reply: SolveReply, wish: Wish, superseded: boolean): void {
    if (reply.picture) this.#deliver(wish, reply.picture, superseded);
    else this.#listener.failure(reply.error ?? 'The solver gave no answer.');
  }

  #deliver(wish: Wish, picture: Picture, superseded: boolean): void {
    this.#curve = picture.curve ?? this.#curve;
    if (!this.#curve) return;
    this.#drawing = alignTo(this.#drawing, picture.drawing);
    const needsPosed = wish.stage === 'relaxation' && wish.setting.p < picture.certificate.rank;
    this.#listener.answer({
      picture: { ...picture, drawing: this.#drawing, curve: this.#curve },
      askedAt: wish.askedAt,
      provisional: needsPosed,
    });
    if (needsPosed && !superseded) {
      this.#rest = setTimeout(() => this.#line.ask({ ...wish, stage: 'posed', askedAt: performance.now() }), REST_MS);
    }
  }
}
