/**
 * Before every test file: property tests draw the same random problems on every run, so that a red run is a change and not
 * a draw. PEEL_TEST_SEED=NUMBER draws others; do so after every change of a solver.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['PEEL_TEST_SEED'] ?? 2021) });
