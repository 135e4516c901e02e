/**
 * Live events, one NDJSON stream per listener. A slow listener costs little: what it has not taken yet is merged (the
 * newest status of a run, the union of its metrics), never queued without end, and never slows the studio down.
 */
import type { LogLine, StudioEvent } from './contract.ts';

/** A listener that missed more log lines of one run than this is told to read again. */
const LOG_LINES_KEPT = 500;

export interface EventHub {
  publish(event: StudioEvent): void;
  /** A stream of events from now on; begins with `hello`. Cancelling it ends the subscription. */
  stream(version: string, beatMilliseconds?: number): ReadableStream<Uint8Array>;
  /** Streams that are open. */
  readonly listeners: number;
  /** Ends every stream. */
  close(): void;
}

interface Listener {
  readonly offer: (event: StudioEvent) => void;
  readonly end: () => void;
}

export function createEventHub(): EventHub {
  const listeners = new Set<Listener>();
  return {
    publish: (event) => {
      for (const listener of listeners) listener.offer(event);
    },
    stream: (version, beatMilliseconds = 15_000) => {
      const mailbox = createMailbox();
      mailbox.offer({ type: 'hello', version });
      const beat = setInterval(() => mailbox.offer({ type: 'beat' }), beatMilliseconds);
      beat.unref();
      const end = (): void => {
        clearInterval(beat);
        listeners.delete(listener);
        mailbox.end();
      };
      const listener: Listener = { offer: mailbox.offer, end };
      listeners.add(listener);
      const encoder = new TextEncoder();
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            const events = await mailbox.take();
            if (events === null) controller.close();
            else controller.enqueue(encoder.encode(events.map((event) => `${JSON.stringify(event)}\n`).join('')));
          },
          cancel: end,
        },
        { highWaterMark: 1 },
      );
    },
    get listeners() {
      return listeners.size;
    },
    close: () => {
      for (const listener of [...listeners]) listener.end();
    },
  };
}

/** Events a listener has not taken yet, merged by what they are about, in order of first arrival. */
function createMailbox(): { offer(event: StudioEvent): void; take(): Promise<StudioEvent[] | null>; end(): void } {
  const waiting = new Map<string, StudioEvent>();
  let ended = false;
  let wake: (() => void) | null = null;
  const rouse = (): void => {
    wake?.();
    wake = null;
  };
  return {
    offer(event) {
      if (ended) return;
      const key = 'id' in event ? `${event.type} ${event.id}` : event.type;
      const earlier = waiting.get(key);
      // A run's newer status is moved behind the points that came before it.
      if (event.type === 'run') waiting.delete(key);
      waiting.set(key, merge(earlier, event));
      rouse();
    },
    async take() {
      while (waiting.size === 0) {
        if (ended) return null;
        await new Promise<void>((resolve) => (wake = resolve));
      }
      const events = [...waiting.values()];
      waiting.clear();
      return events;
    },
    end() {
      ended = true;
      rouse();
    },
  };
}

function merge(earlier: StudioEvent | undefined, event: StudioEvent): StudioEvent {
  if (event.type === 'points' && earlier?.type === 'points') {
    return { ...event, metrics: [...new Set([...earlier.metrics, ...event.metrics])] };
  }
  if (event.type === 'log' && earlier?.type === 'log')
    return { ...event, lines: newest([...earlier.lines, ...event.lines]) };
  return event;
}

/** The sequence numbers show the gap: a reader that sees one reads the log again. */
const newest = (lines: readonly LogLine[]): readonly LogLine[] => lines.slice(-LOG_LINES_KEPT);
