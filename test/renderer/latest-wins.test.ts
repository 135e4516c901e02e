/** Latest wins: one request under way, the newest waits, everything between is dropped; a dead worker is replaced. */
import { expect, test } from 'vitest';
import { LatestWins, type WorkerEnd } from '../../src-renderer/workers/latest-wins.ts';

interface Message {
  readonly id: number;
  readonly text: string;
}

/** A worker's end of the line, answered by hand: there are no web workers here. */
class HandWorker implements WorkerEnd {
  readonly received: Message[] = [];
  terminated = false;
  readonly #listeners = new Map<string, (event: never) => void>();

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, listener);
  }

  postMessage(message: Message): void {
    this.received.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(text: string, id = this.received.at(-1)!.id): void {
    this.#listeners.get('message')?.({ data: { id, text } } as never);
  }

  die(message: string): void {
    this.#listeners.get('error')?.({ message } as never);
  }
}

function setUp() {
  const workers: HandWorker[] = [];
  const replies: string[] = [];
  const failures: string[] = [];
  const line = new LatestWins<string, Message>({
    start: () => {
      const worker = new HandWorker();
      workers.push(worker);
      return worker;
    },
    request: (wish, id) => ({ id, text: wish }),
    receive: ({ text }, wish, superseded) => replies.push(`${wish}: ${text}${superseded ? ', superseded' : ''}`),
    failure: (message) => failures.push(message),
  });
  return { line, workers, replies, failures };
}

test('of the wishes that come meanwhile only the newest is asked', () => {
  const { line, workers, replies } = setUp();
  for (const wish of ['a', 'b', 'c', 'd']) line.ask(wish);
  expect(workers[0]!.received.map((message) => message.text)).toEqual(['a']);
  expect(line.underWay).toBe('a');
  workers[0]!.answer('one');
  expect(workers[0]!.received.map((message) => message.text)).toEqual(['a', 'd']);
  workers[0]!.answer('two');
  expect(replies).toEqual(['a: one, superseded', 'd: two']);
  expect(line.underWay).toBeNull();
  expect(workers).toHaveLength(1);
});

test('later replies to the newest wish arrive, those to an older one do not', () => {
  const { line, workers, replies } = setUp();
  line.ask('a');
  workers[0]!.answer('coarse');
  workers[0]!.answer('fine');
  const { id } = workers[0]!.received[0]!;
  line.ask('b');
  workers[0]!.answer('finer', id);
  workers[0]!.answer('coarse');
  expect(replies).toEqual(['a: coarse', 'a: fine', 'b: coarse']);
});

test('a stopped worker is ended, its replies are not heard, and the next wish starts another', () => {
  const { line, workers, replies } = setUp();
  line.ask('a');
  line.ask('b');
  line.stop();
  expect(workers[0]!.terminated).toBe(true);
  workers[0]!.answer('late');
  line.ask('c');
  workers[1]!.answer('new');
  expect(replies).toEqual(['c: new']);
});

test('a worker that died is named and replaced by the next wish', () => {
  const { line, workers, replies, failures } = setUp();
  line.ask('a');
  workers[0]!.die('out of memory');
  expect(failures[0]).toContain('out of memory');
  line.ask('b');
  workers[1]!.answer('back');
  expect(replies).toEqual(['b: back']);
});
