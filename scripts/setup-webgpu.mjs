/**
 * `npm run setup:webgpu [-- --remove]`: WebGPU for training outside a browser: Dawn, Chromium's implementation, from the
 * npm package `webgpu`, whose checksum is compared with the one below. Runs no install script. Needs a graphics
 * driver: Vulkan on Linux, Metal on macOS, Direct3D 12 on Windows. 51 MB to download.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fetchPackage } from './lib/native-packages.mjs';
import { setUp } from './lib/native-setup.mjs';
import { say } from './lib/say.mjs';

const DAWN = {
  name: 'webgpu',
  version: '0.6.2',
  integrity: 'sha512-3L4GfmqJLvYUIEWJngEQY+2HQiUlAFkg8+P8NDDj3Xx5hHHIFO/r8JW+ynfqBj7kHN4mbnwO74uB+lrRtLhp4Q==',
};

await setUp({
  name: 'webgpu',
  title: 'WebGPU',
  version: `Dawn of webgpu ${DAWN.version}`,
  async prepare(folder) {
    say('fetching Dawn (51 MB)');
    const place = join(folder, 'node_modules', DAWN.name);
    await fetchPackage(DAWN, place);
    const own = `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`;
    for (const system of readdirSync(join(place, 'dist')))
      if (system !== own) rmSync(join(place, 'dist', system), { recursive: true });
  },
  hint: 'It needs a graphics driver (on Linux a Vulkan loader, libvulkan.so.1, and a driver for the card).',
});
