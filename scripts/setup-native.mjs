/**
 * `npm run setup:native [-- --remove]`: native TensorFlow for training, without the download location that tfjs-node
 * relies on. Takes the library and its C headers from TensorFlow's own Python wheel (pip checks it against the
 * checksum below), the JavaScript kernels and the binding's sources from npm (checked too), and compiles the binding
 * against them. Runs no install script. Linux on x86-64; some 280 MB to download and 830 MB on disk.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPackage } from './lib/native-packages.mjs';
import { setUp } from './lib/native-setup.mjs';
import { onPath } from './lib/root.mjs';
import { capture } from './lib/run.mjs';
import { Trouble, say } from './lib/say.mjs';

const TENSORFLOW = {
  version: '2.21.0',
  hash: 'sha256:2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  /** Which of that version's wheels; the library in it does not depend on the Python it is made for. */
  wheel: [
    '--python-version',
    '3.11',
    '--implementation',
    'cp',
    '--abi',
    'cp311',
    '--platform',
    'manylinux_2_27_x86_64',
  ],
};
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

/** Copies out of the wheel, a zip archive, only what is needed: two libraries and the headers the binding includes. */
const UNPACK = `
import sys, zipfile
headers = tuple('tensorflow/include/' + p for p in ('tensorflow/c/', 'tensorflow/core/platform/', 'xla/tsl/', 'tsl/'))
libraries = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wanted = [n for n in wheel.namelist() if n in libraries or (n.startswith(headers) and n.endswith('.h'))]
    wheel.extractall(sys.argv[2], wanted)
`;

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

  say(`fetching TensorFlow ${TENSORFLOW.version} (274 MB)`);
  const wheels = join(folder, 'wheel');
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `tensorflow-cpu==${TENSORFLOW.version} --hash=${TENSORFLOW.hash}\n`);
  const options = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--progress-bar', 'off', '--quiet'];
  await run('pip could not fetch TensorFlow', 'python3', [
    ...['-m', 'pip', 'download', ...options, ...TENSORFLOW.wheel, '-r', requirements, '-d', wheels],
  ]);

  say('taking the library and its headers out of it');
  const [wheel] = readdirSync(wheels);
  const unpacked = join(folder, 'unpacked');
  await run('the wheel could not be unpacked', 'python3', ['-c', UNPACK, join(wheels, wheel), unpacked]);
  const library = join(folder, 'lib');
  await run('the library could not be moved', 'mv', [join(unpacked, 'tensorflow'), library]);

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
  await run('the binding did not compile', 'g++', [
    ...['-O2', '-std=c++17', '-shared', '-fPIC', '-DNAPI_VERSION=8', ...sources, ...includes, ...libraries],
    ...['-o', output],
  ]);
  for (const used of [wheels, unpacked, headers, requirements, join(library, 'include')])
    rmSync(used, { recursive: true, force: true });
}

async function run(failure, program, args) {
  const { code, output } = await capture(program, args);
  if (code !== 0) throw new Trouble(`${failure}:\n${output.trim().slice(-2000)}`);
}

await setUp({
  name: 'native',
  title: 'native TensorFlow',
  version: `TensorFlow ${TENSORFLOW.version}, tfjs-node ${KERNELS.version}`,
  prepare,
  hint: 'Train with the WebAssembly backend meanwhile; a report with this output helps to mend it.',
});
