/** Numbers of one column aligned on the decimal point: missing decimals become spaces, which are as wide as digits in
 * the monospaced face that columns of numbers are set in. */
const SPACE = '\u00a0';

const fraction = (text: string): number => {
  if (!/^[\d\u2212\u2009.]+$/.test(text)) return 0;
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point;
};

/** The widest fraction (with its point) among the column's texts. */
export const widestFraction = (texts: readonly string[]): number =>
  texts.reduce((widest, text) => Math.max(widest, fraction(text)), 0);

export const padFraction = (text: string, widest: number): string =>
  text + SPACE.repeat(Math.max(0, widest - fraction(text)));
