/** One line on the terminal that is redrawn while something long runs; silent where stderr is no terminal. */
import { writeSync } from 'node:fs';

export interface ProgressLine {
  /** Shows the text; calls closer together than 100 ms are skipped. */
  show(text: string): void;
  /** Wipes the line. */
  clear(): void;
}

/** @param delay milliseconds before the first text: short work shows nothing. */
export function progressLine(interactive: boolean, delay = 400): ProgressLine {
  if (!interactive) return { show: () => undefined, clear: () => undefined };
  let next = performance.now() + delay;
  let drawn = false;
  // Written straight to the descriptor: the event loop may be busy.
  const put = (text: string): void => {
    try {
      writeSync(2, text);
    } catch {
      // A terminal that went away needs no progress.
    }
  };
  return {
    show(text) {
      const now = performance.now();
      if (now < next) return;
      next = now + 100;
      drawn = true;
      put(`\r\u001b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    },
    clear() {
      if (drawn) put('\r\u001b[2K');
      drawn = false;
    },
  };
}
