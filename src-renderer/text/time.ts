/** Dates and how long things took, in words that fit a table. Formatting only; durations come from charts/format. */
import { duration } from '../../src-main/charts/format.ts';
import { spentMilliseconds } from '../../src-main/charts/run-time.ts';
import type { RunRow } from '../api.ts';

const time = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-24 02:34`, local time: the same width for every date, and read the same everywhere. */
export function dateText(at: number): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
export const timeText = (at: number): string => time.format(at);

/** `12.3 s` of computing, all jobs of a resumed run together; up to now while it computes; null before it started. */
export function spentText(run: Pick<RunRow, 'startedAt' | 'endedAt' | 'earlier'>, now: number): string | null {
  const spent = spentMilliseconds(run, now);
  if (spent === null) return null;
  return run.startedAt !== null && run.endedAt === null && spent < 1_000 ? 'under 1 s' : duration(spent);
}

/** `about 2 min 05 s left`, or null while nobody knows. */
export function remainingText(remaining: number | null): string | null {
  const left = shortRemainingText(remaining);
  return left === null || left.startsWith('under') ? left : `about ${left}`;
}

/** The same where there is little room: `2 min 05 s left`. */
export function shortRemainingText(remaining: number | null): string | null {
  if (remaining === null || !Number.isFinite(remaining)) return null;
  return remaining < 1_000 ? 'under 1 s left' : `${duration(remaining)} left`;
}
