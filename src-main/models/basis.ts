/**
 * On what a number rests. Every result of a model carries one, and every screen and report shows it: a number is certified,
 * exact by a formula, numerical with an error estimate, or local. No computation here.
 */

export interface Basis {
  /**
   * certified: a proven bound (duality gap) was met. exact: a closed form or a root, to rounding. numerical: an estimate of
   * its error is given, nothing is proven. local: a stationary point; better ones are not excluded.
   */
  readonly kind: 'certified' | 'exact' | 'numerical' | 'local';
  /** One sentence with the figure: `relative gap 3.1e-12`, `closed form`, `conserved quantity drifted by 2e-11`. */
  readonly text: string;
}
