#!/usr/bin/env node
/** Entry of the command line `peel`. Commands are in cli/; this file only starts them. */
import { enableCompileCache } from 'node:module';

// Compiled code is kept between calls: the second start is the quick one.
enableCompileCache();
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
