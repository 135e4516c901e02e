/**
 * Samples how a job uses the machine: the side thread of the job's own process reads counters at its own pace, so that a job
 * that computes without a pause is sampled too; what it read meanwhile waits with its time and is reported once the job
 * lets messages in, or ends. Sampling from the studio by process id would need another way on every system; the
 * counters of the own process are the same everywhere. Never fails a job: what cannot be read is left out.
 */
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { SystemSoFar } from '../../../db/system-series.ts';
import { runAside } from '../side-thread.ts';
import { gpuValues, type GpuAnswer } from './gpu.ts';
import { readingValues, type Reading } from './reading.ts';

export interface Pace {
  /** Milliseconds between the first samples. */
  readonly interval: number;
  /** Samples after which the interval doubles, each time. */
  readonly doubling: number;
  /** Least milliseconds between two questions to the GPU's driver, each of which starts a program. */
  readonly gpu: number;
}

/** At most 500 samples more for every doubling of the time: some 3,200 in a day. */
const PACE: Pace = { interval: 2000, doubling: 500, gpu: 10_000 };

/** It only reads; the meaning is made outside. A driver that does not answer once is not asked again. */
const script = `
const os = require('node:os');
const { execFile } = require('node:child_process');
const { port, interval, doubling, gpu, samples } = data;
const now = () => Number(process.hrtime.bigint()) / 1e9;
let count = samples;
let asked = -Infinity;
let driver = true;
let timer;
function read() {
  let busy = 0, idle = 0;
  for (const { times } of os.cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  const { user, system } = process.cpuUsage();
  port.postMessage({ at: now(), own: (user + system) / 1e6, resident: process.memoryUsage.rss(), busy, idle,
    used: os.totalmem() - os.freemem() });
}
function ask() {
  if (!driver || (now() - asked) * 1000 < gpu) return;
  asked = now();
  driver = false;
  execFile('nvidia-smi', ['--query-gpu=utilization.gpu,memory.used', '--format=csv,noheader,nounits'],
    { timeout: 5000, windowsHide: true }, (error, stdout) => {
      if (error) return;
      driver = true;
      port.postMessage({ at: now(), gpu: stdout });
    });
}
function wait() {
  timer = setTimeout(() => {
    try { read(); ask(); } catch {}
    count++;
    wait();
  }, interval * 2 ** Math.floor(count / doubling));
}
try { read(); } catch {}
wait();
port.on('close', () => clearTimeout(timer));
`;

export interface Sampler {
  /** Reports what is still waiting, and samples no more. */
  end(): void;
}

/** @param report told single points: the series, seconds of computing since the run began, the value */
export function startSampler(
  { seconds, samples }: SystemSoFar,
  report: (metric: string, x: number, y: number) => void,
  pace: Pace = PACE,
): Sampler {
  const began = Number(process.hrtime.bigint()) / 1e9;
  const { port1: port, port2 } = new MessageChannel();
  runAside(script, { port: port2, samples, ...pace }, [port2]);

  let before: Reading | null = null;
  const take = (message: Reading | GpuAnswer): void => {
    const values = 'gpu' in message ? gpuValues(message.gpu) : before === null ? {} : readingValues(before, message);
    if (!('gpu' in message)) before = message;
    for (const [metric, value] of Object.entries(values)) report(metric, seconds + message.at - began, value);
  };
  port.on('message', take);
  port.unref();

  return {
    end() {
      for (let next; (next = receiveMessageOnPort(port)) !== undefined;) take(next.message as Reading | GpuAnswer);
      port.close();
    },
  };
}
