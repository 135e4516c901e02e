/** The plain JavaScript backend: about 1 GFLOP/s, of use only as the reference that tests compare with. Never chosen by `auto`. */
import type { Loaded, Tf } from './backend.ts';

export async function loadCpu(tf: Tf): Promise<Loaded> {
  const { version_cpu: version } = await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  // Its first operation would print an advertisement for the native backend.
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
  return { name: 'cpu', description: 'plain JavaScript, for tests only', version, threads: 1 };
}
