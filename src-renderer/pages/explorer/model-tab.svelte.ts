/**
 * The state of a model's tab: the setting on its controls, the last view that could be computed, and what is wrong. Wrong
 * input changes neither setting nor view. It draws nothing.
 */
import type { ExplorerModel, ModelControl, ModelSetting, ModelView } from '../../models/model.ts';
import { ModelClient } from '../../workers/model-client.ts';
import type { ModelFailure, ModelReply } from '../../workers/model-protocol.ts';
import { addressBar } from './address-bar.ts';
import { AddressWriter } from './address-writer.ts';
import { Drafts } from './drafts.svelte.ts';
import { measureLatency } from './latency.ts';
import { addressToRead, rememberAddress } from './memory.ts';
import { controlText, defaultsOf, formatModelAddress, readControl, readModelAddress } from './model-address.ts';

export class ModelTab {
  readonly model: ExplorerModel;
  #setting = $state.raw<ModelSetting>({});
  #view = $state.raw<ModelView | null>(null);
  #failure = $state.raw<ModelFailure | null>(null);
  #linkErrors = $state.raw<readonly string[]>([]);
  #latency = $state<number | null>(null);
  #milliseconds = $state(0);
  #refining = $state(false);
  readonly #drafts = new Drafts();
  readonly #address = new AddressWriter(addressBar);
  readonly #client: ModelClient;

  constructor(model: ExplorerModel) {
    this.model = model;
    this.#client = new ModelClient(model.id, {
      reply: (reply, askedAt) => this.#receive(reply, askedAt),
      failure: (message) => (this.#failure = { message, fields: [] }),
    });
    this.readLocation();
  }

  get setting(): ModelSetting {
    return this.#setting;
  }

  get view(): ModelView | null {
    return this.#view;
  }

  get linkErrors(): readonly string[] {
    return this.#linkErrors;
  }

  /** Milliseconds from the last input event to new data. */
  get latency(): number | null {
    return this.#latency;
  }

  /** Milliseconds that the view itself took. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** A better view of the same setting is being computed. */
  get refining(): boolean {
    return this.#refining;
  }

  /**
   * Why there is no view of the setting; the view of the setting before stays. A control that is to blame says so itself,
   * which is not enough where a link opened the tab and there is nothing else on it yet.
   */
  get failure(): string | null {
    const failure = this.#failure;
    if (failure === null || (this.#view !== null && this.#blamed(failure).length > 0)) return null;
    return failure.message;
  }

  value(key: string): number | string {
    return this.#setting[key]!;
  }

  /** The text in a field: what is being typed while it is wrong, the value otherwise. */
  text(control: ModelControl): string {
    return this.#drafts.text(control.key) ?? controlText(control, this.value(control.key));
  }

  error(key: string): string | null {
    const failure = this.#failure;
    return this.#drafts.error(key) ?? (failure && this.#blamed(failure).includes(key) ? failure.message : null);
  }

  /** @param at the input event's time, from which latency counts. */
  set(key: string, value: number | string, at: number): void {
    this.#drafts.drop(key);
    if (value === this.#setting[key]) return;
    this.#setting = { ...this.#setting, [key]: value };
    this.#ask(at);
  }

  type(control: ModelControl, text: string, at: number): void {
    const reading = readControl(control, text);
    if ('value' in reading) this.set(control.key, reading.value, at);
    else this.#drafts.refuse(control.key, text, reading.error);
  }

  reset(): void {
    this.#drafts.clear();
    this.#linkErrors = [];
    this.#setting = defaultsOf(this.model);
    this.#ask(performance.now());
  }

  readLocation(): void {
    if (this.#address.isOwn) return;
    const { setting, errors } = readModelAddress(this.model, addressToRead(this.model.id));
    this.#drafts.clear();
    this.#linkErrors = errors;
    this.#setting = setting;
    this.#ask(performance.now());
  }

  get link(): string {
    return formatModelAddress(this.model, this.#setting);
  }

  close(): void {
    this.#address.close();
    this.#client.stop();
  }

  #blamed({ fields }: ModelFailure): string[] {
    return this.model.controls.map((control) => control.key).filter((key) => fields.includes(key));
  }

  #ask(at: number): void {
    this.#client.ask(this.#setting, at);
    rememberAddress(this.model.id, this.link);
    this.#address.write(() => this.link);
  }

  #receive({ view, failure, milliseconds, stage, more }: ModelReply, askedAt: number): void {
    this.#refining = more;
    this.#failure = failure;
    if (view === null) return;
    const first = this.#view === null;
    this.#view = view;
    this.#milliseconds = milliseconds;
    // The very first view waits for the worker to start, a refined one for the setting to rest: neither follows a slider.
    if (!first && stage === 'first') this.#latency = measureLatency(askedAt);
  }
}
