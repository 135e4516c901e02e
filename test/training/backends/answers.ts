/** A program of its own for the gradient tests, `answers.ts BACKEND`: prints that backend's answers as one line of JSON. */
import { useBackend, type BackendName } from '../../../src-main/training/backends/index.ts';
import { answersOf } from './gradient-cases.ts';

const { tf, description } = await useBackend(process.argv[2] as BackendName);
process.stdout.write(`${JSON.stringify({ description, answers: await answersOf(tf) })}\n`);
process.exit(0);
