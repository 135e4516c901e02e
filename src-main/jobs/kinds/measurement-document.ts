/** A measurement as a JSON document: what `peel nc` prints and the run keeps. Tables of cosines are left out where K is large. */
import { metricKeys, metricWords } from '../../collapse/keys.ts';
import type { Measurement } from '../../collapse/types.ts';

/** 8 K² numbers of text each. */
const MOST_LISTED = 200;

export function measurementDocument(measurement: Measurement) {
  const { metrics, reasons, options, samples, dimension, classes, cosines, spectra } = measurement;
  const K = options.classes;
  const rows = (table: Float64Array | null): readonly (readonly (number | null)[])[] | null =>
    table === null || K > MOST_LISTED
      ? null
      : Array.from({ length: K }, (_, j) =>
          Array.from(table.subarray(j * K, (j + 1) * K), (value) => (Number.isNaN(value) ? null : value)),
        );
  return {
    ...{ metrics, reasons, options, samples, dimension, classes },
    cosines: { mean: rows(cosines.mean), classifier: rows(cosines.classifier) },
    spectra: { mean: [...spectra.mean], classifier: spectra.classifier && [...spectra.classifier] },
  };
}

/** The same as lists of rows, for the tables of the run page and of reports. */
export function measurementLists({ metrics, reasons, classes }: Pick<Measurement, 'metrics' | 'reasons' | 'classes'>) {
  return {
    metricList: metricKeys.map((key) => ({
      metric: metricWords[key].label,
      value: metrics[key],
      remark: reasons[key] ?? '',
    })),
    classList: classes.map((row, label) => ({ label, ...row })),
  };
}
