/**
 * `npm run setup:native [-- --cuda | --remove]`: native TensorFlow for training, without the download location that
 * tfjs-node relies on. Takes the library and its C headers from TensorFlow's own Python wheel (with --cuda from the one that
 * computes on NVIDIA cards, and NVIDIA's libraries from theirs), the JavaScript kernels and the binding's sources from npm,
 * all checked by checksum, and compiles the binding against them. Runs no install script. Linux on x86-64; some 280 MB to
 * download and 830 MB on disk, with CUDA some 3 GB and 4.6 GB.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPackage } from './lib/native-packages.mjs';
import { setUp } from './lib/native-setup.mjs';
import { fetchTensorflow, tensorflowVersion } from './lib/native-wheels.mjs';
import { onPath } from './lib/root.mjs';
import { capture } from './lib/run.mjs';
import { Trouble, say } from './lib/say.mjs';

const KERNELS = {
  name: '@tensorflow/tfjs-node',
  version: '4.22.0',
  integrity: 'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
};
const PROTOCOL_BUFFERS = {
  name: 'google-protobuf',
  version: '3.21.4',
  integrity: 'sha512-MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==',
};
const NODE_HEADERS = {
  name: 'node-api-headers',
  version: '1.6.0',
  integrity: 'sha512-81T99+mWLZnxX0LlZPYuafyFlxVVaWKQ0BDAbSrOqLO+v+gzCzu0GTAVNeVK8lucqjqo9L/1UcK9cpkem8Py4Q==',
};

const cuda = process.argv.includes('--cuda');

async function requireTools() {
  const missing = [];
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Trouble(
      `native TensorFlow is set up on Linux x86-64 only; this is ${process.platform} ${process.arch}. The WebAssembly backend does all it does, more slowly.`,
    );
  for (const [program, packages] of [
    ['g++', 'g++'],
    ['tar', 'tar'],
    ['npm', 'npm'],
  ])
    if (onPath(program) === null) missing.push(`${program} (Debian: apt install ${packages})`);
  if (onPath('python3') === null) missing.push('python3 with pip (Debian: apt install python3 python3-pip)');
  else if ((await capture('python3', ['-m', 'pip', '--version'])).code !== 0)
    missing.push('pip for python3 (Debian: apt install python3-pip)');
  if (missing.length > 0)
    throw new Trouble(`native TensorFlow needs ${missing.join(', ')}; the studio works without it`);
}

async function prepare(folder) {
  await requireTools();
  say(`fetching the kernels and the binding of tfjs-node ${KERNELS.version}`);
  const modules = join(folder, 'node_modules');
  const kernels = join(modules, KERNELS.name);
  const headers = join(folder, 'node-api-headers');
  await fetchPackage(KERNELS, kernels);
  await fetchPackage(PROTOCOL_BUFFERS, join(modules, PROTOCOL_BUFFERS.name));
  await fetchPackage(NODE_HEADERS, headers);

  await fetchTensorflow(folder, cuda);
  const library = join(folder, 'lib');

  say('compiling the binding');
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(kernels, 'binding', file));
  const includes = [kernels, join(library, 'include'), join(headers, 'include')].flatMap((path) => ['-I', path]);
  const libraries = [
    '-L',
    library,
    '-l:libtensorflow_cc.so.2',
    '-l:libtensorflow_framework.so.2',
    '-Wl,-rpath,$ORIGIN',
  ];
  const output = join(library, 'tfjs_binding.node');
  const { code, output: messages } = await capture('g++', [
    ...['-O2', '-std=c++17', '-shared', '-fPIC', '-DNAPI_VERSION=8', ...sources, ...includes, ...libraries],
    ...['-o', output],
  ]);
  if (code !== 0) throw new Trouble(`the binding did not compile:\n${messages.trim().slice(-2000)}`);
  for (const used of [headers, join(library, 'include')]) rmSync(used, { recursive: true, force: true });
}

await setUp({
  name: 'native',
  title: 'native TensorFlow',
  version: `${tensorflowVersion(cuda)}, tfjs-node ${KERNELS.version}`,
  variants: ['--cuda'],
  prepare,
  hint: 'Train with the WebAssembly backend meanwhile; a report with this output helps to mend it.',
});
