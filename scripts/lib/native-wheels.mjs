/**
 * TensorFlow's library out of its Python wheels: for the processor alone, or with CUDA and the libraries of NVIDIA that it
 * loads. pip fetches each wheel and compares it with the checksum below; nothing of them is installed or run.
 */
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './run.mjs';
import { Trouble, say } from './say.mjs';

const TENSORFLOW = '2.21.0';
const CUDA = '12.9';

/** Which of that version's wheels; the library in it does not depend on the Python it is made for. */
const WHEEL = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'];
const PLATFORMS = ['manylinux_2_27', 'manylinux_2_25', 'manylinux2014'].flatMap((name) => [
  '--platform',
  `${name}_x86_64`,
]);

const PROCESSOR = ['tensorflow-cpu==2.21.0 sha256:2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c'];
/** Of what TensorFlow names under `and-cuda` all that its library opens on one card: no compiler, no random numbers, no NCCL. */
const CARD = [
  'tensorflow==2.21.0 sha256:9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
  'nvidia-cublas-cu12==12.9.3.13 sha256:d7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
  'nvidia-cuda-cupti-cu12==12.9.79 sha256:096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
  'nvidia-cuda-nvrtc-cu12==12.9.86 sha256:210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
  'nvidia-cuda-runtime-cu12==12.9.79 sha256:25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
  'nvidia-cudnn-cu12==9.28.0.42 sha256:9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
  'nvidia-cufft-cu12==11.4.1.4 sha256:c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
  'nvidia-cusolver-cu12==11.7.5.82 sha256:15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
  'nvidia-cusparse-cu12==12.5.10.65 sha256:73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
  'nvidia-nvjitlink-cu12==12.9.86 sha256:e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
];

/**
 * Copies out of a wheel, a zip archive, only what is needed: of TensorFlow's two libraries and the headers that the binding
 * includes, of the others their libraries.
 */
const UNPACK = `
import re, sys, zipfile
headers = tuple('tensorflow/include/' + p for p in ('tensorflow/c/', 'tensorflow/core/platform/', 'xla/tsl/', 'tsl/'))
libraries = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')
def wanted(name):
    return name in libraries or name.startswith(headers) and name.endswith('.h') or re.match(r'nvidia/\\w+/lib/.*\\.so', name)
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if wanted(name)])
`;

/** What is set up, as people read it. */
export const tensorflowVersion = (cuda) => `TensorFlow ${TENSORFLOW}${cuda ? ` with CUDA ${CUDA}` : ''}`;

/**
 * Fills folder/lib (library and include/) and, with CUDA, folder/nvidia: where TensorFlow's library looks, beside its own
 * folder. One wheel at a time, so that no more than one lies on the disk beside what came out of it.
 */
export async function fetchTensorflow(folder, cuda) {
  const [wheels, unpacked, requirements] = ['wheel', 'unpacked', 'requirements.txt'].map((name) => join(folder, name));
  for (const wheel of cuda ? CARD : PROCESSOR) {
    const [named, hash] = wheel.split(' ');
    say(`fetching ${named.replace('==', ' ')}`);
    writeFileSync(requirements, `${named} --hash=${hash}\n`);
    const options = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--progress-bar', 'off', '--quiet'];
    await run(`pip could not fetch ${named}`, [
      ...['-m', 'pip', 'download', ...options, ...WHEEL, ...PLATFORMS, '-r', requirements, '-d', wheels],
    ]);
    const [file] = readdirSync(wheels);
    await run(`${file} could not be unpacked`, ['-c', UNPACK, join(wheels, file), unpacked]);
    rmSync(wheels, { recursive: true });
  }
  renameSync(join(unpacked, 'tensorflow'), join(folder, 'lib'));
  if (cuda) renameSync(join(unpacked, 'nvidia'), join(folder, 'nvidia'));
  for (const used of [unpacked, requirements]) rmSync(used, { recursive: true, force: true });
}

async function run(failure, args) {
  const { code, output } = await capture('python3', args);
  if (code !== 0) throw new Trouble(`${failure}:\n${output.trim().slice(-2000)}`);
}
