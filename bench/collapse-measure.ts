/** The process that bench/collapse.ts measures: `peel nc`'s own code on a folder of .npy files, with time and peak memory. */
import { measure } from '../src-main/collapse/measure.ts';
import { openFeatureFile } from '../src-main/interop/tensors/feature-file.ts';

const started = performance.now();
const { source, classifier, classes, close } = openFeatureFile(process.argv[2]!, null);
const { metrics } = await measure(source, classifier, {
  classes,
  centre: 'classes',
  pooling: 'samples',
  majority: null,
  weights: null,
  decays: null,
  covariance: false,
});
close();
const milliseconds = performance.now() - started;
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ milliseconds, megabytes, metrics }));
