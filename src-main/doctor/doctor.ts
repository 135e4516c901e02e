/**
 * `peel doctor`: what this machine has, what is missing, and the step that mends it. Every check is one function in
 * checks.ts; a check that throws is reported as an error of that check, never as a crash of the doctor.
 */
import type { DoctorCheck } from '../api/contract.ts';
import { checks, type DoctorContext } from './checks.ts';

/** Runs every check. Changes nothing but a scratch file in the project folder. */
export async function examine(context: DoctorContext): Promise<DoctorCheck[]> {
  return Promise.all(
    checks.map(async ({ id, label, run }) => {
      try {
        return { id, label, ...(await run(context)) };
      } catch (error) {
        return {
          id,
          label,
          state: 'error' as const,
          detail: error instanceof Error ? error.message : String(error),
          remedy: null,
        };
      }
    }),
  );
}
