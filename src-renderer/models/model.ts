/**
 * What a tab of the Explorer is: controls, and a pure function from their values to what is shown. One model per file, one
 * line each in index.ts; the worker computes, the page draws. A model imports pure folders of src-main alone and knows
 * neither Svelte nor the DOM.
 */
import type {
  GeometryInput,
  GridInput,
  HeatMapInput,
  LineChartInput,
  NumberFormat,
  SpaceInput,
  SpectrumInput,
} from '../../src-main/charts/index.ts';
import type { Basis } from '../../src-main/models/basis.ts';
import type { ParameterValues } from '../../src-main/parameters/specification.ts';

interface CommonControl {
  readonly key: string;
  readonly name: string;
  /** KaTeX source. */
  readonly symbol: string;
  readonly definition: string;
  readonly formula?: string;
  readonly source?: string;
}

export interface NumberControl extends CommonControl {
  readonly type: 'number';
  readonly default: number;
  /** Ends of the slider; the field takes more where `least` and `most` say so. */
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly logarithmic: boolean;
  /** How infinity is written where it is allowed; it is the slider's last stop. */
  readonly infinity?: string;
}

/** A short text with a notation of its own (class counts), checked by its parser. */
export interface TextControl extends CommonControl {
  readonly type: 'text';
  readonly default: string;
  /** The sentence that says what is wrong, or null. */
  readonly check: (text: string) => string | null;
}

export interface ChoiceControl extends CommonControl {
  readonly type: 'choice';
  readonly default: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

export type ModelControl = NumberControl | TextControl | ChoiceControl;

/** Values by control key. */
export type ModelSetting = Readonly<Record<string, number | string>>;

/** One figure of the head row: a number, or a word. */
export interface Figure {
  readonly label: string;
  /** KaTeX source. */
  readonly symbol?: string;
  readonly value: number | string | null;
  readonly format?: NumberFormat;
  /** Definition for the hover card; for null also why there is no value. */
  readonly help: string;
}

export interface TableColumn {
  readonly label: string;
  readonly symbol?: string;
  readonly format?: NumberFormat;
  readonly help?: string;
}

interface CommonPanel {
  readonly id: string;
  readonly title: string;
  /** Full width of the results; half of it otherwise. */
  readonly wide?: boolean;
  /** For whoever cannot see the chart: what it shows just now. */
  readonly description?: string;
}

export type Panel = CommonPanel &
  (
    | { readonly type: 'line'; readonly input: LineChartInput }
    | { readonly type: 'heat'; readonly input: HeatMapInput }
    | { readonly type: 'geometry'; readonly input: GeometryInput }
    | { readonly type: 'spectrum'; readonly input: SpectrumInput }
    | { readonly type: 'space'; readonly input: SpaceInput }
    /** A click on it opens what `pick` of the model answers. */
    | { readonly type: 'grid'; readonly input: GridInput }
    | {
        readonly type: 'table';
        readonly columns: readonly TableColumn[];
        readonly rows: readonly (readonly (number | string | null)[])[];
      }
  );

/** All that a tab shows for one setting: plain data, it crosses from the worker. */
export interface ModelView {
  readonly basis: Basis;
  readonly figures: readonly Figure[];
  readonly panels: readonly Panel[];
  /** What the reader must know about this setting: an impossible region, a fallback, a vanished group. */
  readonly notices: readonly string[];
}

/** A run that computes what is on screen. */
export interface Kept {
  readonly kind: string;
  readonly parameters: ParameterValues;
  /** Where the model draws random numbers. */
  readonly seed?: number;
}

/** Somewhere else to look at a point. */
export interface Pick {
  /** Hash address, such as `#/explorer?r=12`. */
  readonly address: string;
  /** What is there, to follow the verb: `R = 12, E_H = 5 in the Layer-Peeled Model`. */
  readonly label: string;
}

export interface ExplorerModel {
  /** Part of the address: `#/explorer/ID`. */
  readonly id: string;
  readonly name: string;
  /** One sentence under the tabs: what is solved, with its source. */
  readonly summary: string;
  /** KaTeX source of the problem, typeset above the results. */
  readonly formula: string;
  readonly controls: readonly ModelControl[];
  /**
   * Pure and quick: aim for under 16 ms, at most about 300 ms at the controls' extremes.
   * @throws InvalidInput for values that do not go together
   */
  compute(setting: ModelSetting): ModelView;
  /**
   * What follows once the setting rests: better views of the same setting, each replacing the one before. Yield at least
   * every 30 ms, null while there is nothing new to show: a new setting ends it there.
   */
  refine?(setting: ModelSetting): Iterable<ModelView | null>;
  /** What a click at (x, y) of the grid panel with this id opens; null: nothing. */
  pick?(setting: ModelSetting, panel: string, x: number, y: number): Pick | null;
  /** The run that stores what is on screen; null where no kind computes it. */
  keep(setting: ModelSetting): Kept | null;
}
