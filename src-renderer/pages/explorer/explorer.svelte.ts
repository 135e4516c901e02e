/**
 * The Explorer's state: the setting on the controls, the last valid picture of it, and what is being typed. Wrong input
 * changes neither setting nor picture. It draws nothing.
 */
import { SolverClient, type Answer } from '../../workers/solver-client.ts';
import type { GeometryView, Setting } from '../../workers/protocol.ts';
import { defaultView, formatAddress, readAddress, type Side } from './address.ts';
import { controlOf, type ControlKey } from './controls.ts';
import { formatValue, readValue } from './values.ts';

/** Browsers refuse more than a few address changes a second. */
const ADDRESS_REST_MS = 250;

export class Explorer {
  #setting = $state.raw<Setting>(defaultView.setting);
  #side = $state<Side>('classifier');
  #geometry = $state<GeometryView>('groups');
  #drafts = $state.raw<Readonly<Partial<Record<ControlKey, { readonly text: string; readonly error: string }>>>>({});
  #answer = $state.raw<Answer | null>(null);
  #failure = $state<string | null>(null);
  #linkErrors = $state.raw<readonly string[]>([]);
  #latency = $state<number | null>(null);
  #addressTimer: ReturnType<typeof setTimeout> | undefined;
  /** The address this page wrote last: its own writing is no news. */
  #written = '';
  readonly #client: SolverClient;

  constructor() {
    this.#client = new SolverClient({
      answer: (answer) => this.#receive(answer),
      failure: (message) => (this.#failure = message),
    });
    this.readLocation();
  }

  get setting(): Setting {
    return this.#setting;
  }

  get answer(): Answer | null {
    return this.#answer;
  }

  get failure(): string | null {
    return this.#failure;
  }

  get linkErrors(): readonly string[] {
    return this.#linkErrors;
  }

  /** Milliseconds from the last input event to new data. */
  get latency(): number | null {
    return this.#latency;
  }

  get side(): Side {
    return this.#side;
  }

  set side(side: Side) {
    this.#side = side;
    this.#writeAddress();
  }

  get geometry(): GeometryView {
    return this.#geometry;
  }

  set geometry(view: GeometryView) {
    this.#geometry = view;
    this.#ask(performance.now());
  }

  /** The text in a field: what is being typed while it is wrong, the value otherwise. */
  text(key: ControlKey): string {
    return this.#drafts[key]?.text ?? formatValue(controlOf(key), this.#setting[key]);
  }

  error(key: ControlKey): string | null {
    return this.#drafts[key]?.error ?? null;
  }

  /** @param at the input event's time, from which latency counts. */
  set(key: ControlKey, value: number, at = performance.now()): void {
    if (this.#drafts[key])
      this.#drafts = Object.fromEntries(Object.entries(this.#drafts).filter(([other]) => other !== key));
    if (value === this.#setting[key]) return;
    this.#setting = { ...this.#setting, [key]: value };
    this.#ask(at);
  }

  type(key: ControlKey, text: string, at: number): void {
    const reading = readValue(controlOf(key), text);
    if ('value' in reading) this.set(key, reading.value, at);
    else this.#drafts = { ...this.#drafts, [key]: { text, error: reading.error } };
  }

  reset(): void {
    this.#drafts = {};
    this.#linkErrors = [];
    this.#setting = defaultView.setting;
    this.#ask(performance.now());
  }

  readLocation(): void {
    if (location.hash === this.#written && this.#written !== '') return;
    const { view, errors } = readAddress(location.hash);
    this.#drafts = {};
    this.#linkErrors = errors;
    this.#setting = view.setting;
    this.#side = view.side;
    this.#geometry = view.geometry;
    this.#ask(performance.now());
  }

  /** Ends a long solve; the picture of the relaxation stays. */
  stop(): void {
    this.#client.stop();
    if (this.#answer) this.#answer = { ...this.#answer, provisional: false };
    this.#failure =
      'The rank-constrained solve was stopped. What is shown is the relaxation, a lower bound for every p.';
  }

  close(): void {
    clearTimeout(this.#addressTimer);
    this.#client.stop();
  }

  get link(): string {
    return formatAddress({ setting: this.#setting, side: this.#side, geometry: this.#geometry });
  }

  #ask(at: number): void {
    this.#failure = null;
    this.#client.ask(this.#setting, this.#geometry, at);
    this.#writeAddress();
  }

  #receive(answer: Answer): void {
    const first = this.#answer === null;
    this.#answer = answer;
    this.#failure = null;
    // The first answer waits for the worker to start, a rank-constrained one for its solve: no measure of following a slider.
    if (first || answer.picture.certificate.optimality === 'local') return;
    performance.clearMeasures('explorer:latency');
    this.#latency = performance.measure('explorer:latency', { start: answer.askedAt, end: performance.now() }).duration;
  }

  #writeAddress(): void {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => {
      this.#written = this.link;
      history.replaceState(null, '', this.#written);
    }, ADDRESS_REST_MS);
  }
}
