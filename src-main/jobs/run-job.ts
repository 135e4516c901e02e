/**
 * Runs one job in this process over a message port: waits for `start`, executes the kind, reports, ends. Knows neither
 * Electron nor fork; worker.ts brings the port. A kind that throws ends the run as failed with its message.
 */
import { readFileSync } from 'node:fs';
import { encodeJson } from '../../db/json.ts';
import { isSystemSeries } from '../../db/system-series.ts';
import { InvalidInput, issueSentence, type ParameterSpecification } from '../parameters/specification.ts';
import { JobCancelled, type ExecutableKind, type JobContext } from './kinds/kind.ts';
import { createOutbox } from './outbox.ts';
import { CHECKPOINT, type FromJob, type JobOutcome, type ResumePoint, type ToJob } from './protocol.ts';
import { startSampler } from './system/sampler.ts';

export interface JobPort {
  send(message: FromJob): void;
  onMessage(listener: (message: ToJob) => void): void;
}

/** Resolves when the outcome has been sent. */
export function runJob(port: JobPort, find: (id: string) => ExecutableKind | undefined): Promise<void> {
  return new Promise((resolve) => {
    const outbox = createOutbox((batch) => port.send(batch));
    let cancelled = false;
    port.onMessage((message) => {
      switch (message.type) {
        case 'acknowledged':
          outbox.acknowledged(message.batch);
          break;
        case 'cancel':
          cancelled = true;
          break;
        case 'start':
          void execute(message).then(resolve);
          break;
      }
    });
    port.send({ type: 'ready' });

    async function execute(start: Extract<ToJob, { type: 'start' }>): Promise<void> {
      const context: JobContext = {
        seed: start.seed,
        points: reporter(start.resume, (metric, x, y) => {
          if (isSystemSeries(metric)) throw new Error(`metric ${metric}: names that begin so are the studio's own`);
          outbox.points(metric, x, y);
        }),
        log: (level, text) => outbox.line({ at: Date.now(), level, text }),
        progress: (fraction, message) => outbox.progress(fraction, message),
        artifact: (name, mediaType, bytes) => outbox.artifact({ name, mediaType, bytes }),
        checkpoints: {
          last: () => start.resume && readFileSync(start.resume.checkpoint),
          async keep(bytes) {
            // Files are stored before the points that travel with them: whoever goes on from here must find them all.
            outbox.flush();
            await outbox.settled(0);
            outbox.artifact({ name: CHECKPOINT, mediaType: 'application/octet-stream', bytes });
          },
        },
        async breathe() {
          await new Promise((next) => setImmediate(next));
          await outbox.settled();
          if (cancelled) throw new JobCancelled();
        },
      };
      const sampler = startSampler(start.system, (metric, x, y) => outbox.points(metric, [x], [y]));
      let outcome: JobOutcome;
      try {
        const kind = find(start.kind);
        if (!kind) throw new Error(`this version of Peel has no run kind ${start.kind}`);
        outcome = { status: 'done', json: encodeJson(await kind.execute(start.values, context)) };
      } catch (error) {
        outcome =
          error instanceof JobCancelled ? { status: 'cancelled' } : failure(error, find(start.kind)?.parameters ?? []);
      }
      sampler.end();
      outbox.flush();
      await outbox.settled(0);
      port.send({ type: 'end', outcome });
    }
  });
}

/** Drops the points that an earlier job of the run reported already. */
function reporter(resume: ResumePoint | null, report: JobContext['points']): JobContext['points'] {
  if (resume === null) return report;
  return (metric, x, y) => {
    const last = resume.reported[metric] ?? -Infinity;
    const fresh = Array.from(x, (_, i) => i).filter((i) => x[i]! > last);
    if (fresh.length > 0)
      report(
        metric,
        fresh.map((i) => x[i]!),
        fresh.map((i) => y[i]!),
      );
  };
}

/** Parameters at fault are named as the form names them. */
function failure(error: unknown, parameters: readonly ParameterSpecification[]): JobOutcome {
  const label = (field: string): string => parameters.find(({ key }) => key === field)?.label ?? field;
  const message =
    error instanceof InvalidInput
      ? error.issues.map((issue) => issueSentence(issue, label)).join('; ')
      : error instanceof Error
        ? error.message
        : String(error);
  return { status: 'failed', error: `${message}. What it had reported was kept.` };
}
