/**
 * The state of the Layer-Peeled Model's tab: the setting on the controls, the last valid picture of it, and what is being
 * typed. Wrong input changes neither setting nor picture. It draws nothing.
 */
import { SolverClient, type Answer } from '../../workers/solver-client.ts';
import type { GeometryView, Setting } from '../../workers/protocol.ts';
import { defaultView, formatAddress, readAddress, type Side } from './address.ts';
import { addressBar } from './address-bar.ts';
import { AddressWriter } from './address-writer.ts';
import { controlOf, type ControlKey } from './controls.ts';
import { Drafts } from './drafts.svelte.ts';
import { measureLatency } from './latency.ts';
import { addressToRead, layerPeeled, rememberAddress } from './memory.ts';
import { formatValue, readValue } from './values.ts';

export class Explorer {
  #setting = $state.raw<Setting>(defaultView.setting);
  #side = $state<Side>('classifier');
  #geometry = $state<GeometryView>('groups');
  #answer = $state.raw<Answer | null>(null);
  #failure = $state<string | null>(null);
  #linkErrors = $state.raw<readonly string[]>([]);
  #latency = $state<number | null>(null);
  readonly #drafts = new Drafts();
  readonly #address = new AddressWriter(addressBar);
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
    return this.#drafts.text(key) ?? formatValue(controlOf(key), this.#setting[key]);
  }

  error(key: ControlKey): string | null {
    return this.#drafts.error(key);
  }

  /** @param at the input event's time, from which latency counts. */
  set(key: ControlKey, value: number, at = performance.now()): void {
    this.#drafts.drop(key);
    if (value === this.#setting[key]) return;
    this.#setting = { ...this.#setting, [key]: value };
    this.#ask(at);
  }

  type(key: ControlKey, text: string, at: number): void {
    const reading = readValue(controlOf(key), text);
    if ('value' in reading) this.set(key, reading.value, at);
    else this.#drafts.refuse(key, text, reading.error);
  }

  reset(): void {
    this.#drafts.clear();
    this.#linkErrors = [];
    this.#setting = defaultView.setting;
    this.#ask(performance.now());
  }

  readLocation(): void {
    if (this.#address.isOwn) return;
    const { view, errors } = readAddress(addressToRead(layerPeeled));
    this.#drafts.clear();
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
    this.#address.close();
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
    this.#latency = measureLatency(answer.askedAt);
  }

  #writeAddress(): void {
    rememberAddress(layerPeeled, this.link);
    this.#address.write(() => this.link);
  }
}
