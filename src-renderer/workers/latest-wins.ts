/**
 * Asks a worker, latest wins: at most one request is under way, and only the newest of those that came meanwhile is sent
 * after it. A worker that died or was stopped is started again by the next request.
 */

interface Numbered {
  readonly id: number;
}

/** What is used of a web worker; it stands for itself where there is none (tests). */
export interface WorkerEnd {
  postMessage(message: unknown): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message: string }) => void): void;
}

export interface Line<Wish, Reply extends Numbered> {
  /** `new Worker(new URL(…), …)` must stand where the bundler sees it, hence with the caller. */
  start(): WorkerEnd;
  /** The message for a wish. */
  request(wish: Wish, id: number): Numbered;
  /** A reply to the newest wish; `superseded` when another is already waiting. Later replies to the same wish come here too. */
  receive(reply: Reply, wish: Wish, superseded: boolean): void;
  failure(message: string): void;
}

export class LatestWins<Wish, Reply extends Numbered> {
  readonly #line: Line<Wish, Reply>;
  #worker: WorkerEnd | null = null;
  #asked: Wish | null = null;
  #underWay = false;
  #next: Wish | null = null;
  #lastId = 0;

  constructor(line: Line<Wish, Reply>) {
    this.#line = line;
  }

  /** What the worker is busy with and has not answered yet. */
  get underWay(): Wish | null {
    return this.#underWay ? this.#asked : null;
  }

  ask(wish: Wish): void {
    if (this.#underWay) {
      this.#next = wish;
      return;
    }
    this.#asked = wish;
    this.#underWay = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage(this.#line.request(wish, ++this.#lastId));
  }

  /** Ends whatever is under way, with its worker. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked = null;
    this.#underWay = false;
    this.#next = null;
  }

  #start(): WorkerEnd {
    const worker = this.#line.start();
    worker.addEventListener('message', ({ data }) => {
      const reply = data as Reply;
      if (worker === this.#worker && reply.id === this.#lastId) this.#receive(reply);
    });
    worker.addEventListener('error', (event) => {
      if (worker !== this.#worker) return;
      this.stop();
      this.#line.failure(
        `The solver stopped: ${event.message || 'it could not be started'}. Change a value to start it again.`,
      );
    });
    return worker;
  }

  #receive(reply: Reply): void {
    const wish = this.#asked;
    if (wish === null) return;
    this.#underWay = false;
    const next = this.#next;
    this.#next = null;
    this.#line.receive(reply, wish, next !== null);
    if (next !== null) this.ask(next);
  }
}
