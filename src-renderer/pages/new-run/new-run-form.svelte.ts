/** The state of the form for new runs: what was typed, what the server had to say about it, and the way to the queue. */
/* eslint-disable svelte/prefer-svelte-reactivity -- maps and sets here are made, read and dropped in one call */
import { api, ApiFailure, type NewRun, type RunDetail, type RunKind } from '../../api.ts';
import { expandGrid, fieldsThatMatter, gridSize, MOST_RUNS, usualValue, type FormValues } from '../../text/grid.ts';
import type { RunPreset } from '../../text/routes.ts';
import { parseTags } from '../../text/tags.ts';

const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1;

export class NewRunForm {
  readonly kinds: readonly RunKind[];
  #kindId = $state('');
  #values = $state.raw<FormValues>({});
  #issues = $state.raw<Readonly<Record<string, string>>>({});
  experiment = $state('');
  name = $state('');
  tags = $state('');
  note = $state('');
  seed = $state('');
  busy = $state(false);
  /** What went wrong as a whole, where no field is at fault. */
  failure = $state<string | null>(null);

  /** @param preset values that an address gives; names that are no parameters of its kind are passed over. */
  constructor(kinds: readonly RunKind[], from: RunDetail | null, preset: RunPreset | null) {
    this.kinds = kinds;
    const wanted = preset?.kind ?? from?.kind;
    const kind = kinds.find((one) => one.id === wanted) ?? kinds[0];
    if (kind === undefined) return;
    this.choose(kind.id);
    if (from !== null) this.#fill(kind, from.parameters);
    if (preset?.kind === kind.id) this.#fill(kind, preset.parameters);
    if (from === null) return;
    this.experiment = from.experiment;
    this.name = from.name;
    this.tags = from.tags.join(', ');
    this.note = from.note;
    this.seed = String(from.seed);
  }

  #fill(kind: RunKind, given: RunPreset['parameters']): void {
    const typed = kind.parameters.flatMap(({ key, type }): [string, string | boolean][] => {
      if (!Object.hasOwn(given, key)) return [];
      const value = given[key] ?? '';
      return [[key, type === 'boolean' ? String(value) === 'true' : String(value)]];
    });
    this.#values = { ...this.#values, ...Object.fromEntries(typed) };
  }

  readonly kind = $derived.by(() => this.kinds.find((one) => one.id === this.#kindId));
  /** The fields to show. The others keep what was typed. */
  readonly shown = $derived.by(() => fieldsThatMatter(this.kind?.parameters ?? [], this.#values));
  readonly count = $derived.by(() => gridSize(this.kind?.parameters ?? [], this.#values));

  get kindId(): string {
    return this.#kindId;
  }

  get values(): FormValues {
    return this.#values;
  }

  /** Values of fields that the new kind also has are kept. */
  choose(kindId: string): void {
    this.#kindId = kindId;
    const parameters = this.kinds.find((one) => one.id === kindId)?.parameters ?? [];
    this.#values = Object.fromEntries(parameters.map((one) => [one.key, this.#values[one.key] ?? usualValue(one)]));
    this.#issues = {};
    this.failure = null;
  }

  /** Everything as usual but the values given. */
  fill(values: FormValues): void {
    const usual = (this.kind?.parameters ?? []).map((one) => [one.key, usualValue(one)] as const);
    this.#values = { ...Object.fromEntries(usual), ...values };
    this.#issues = {};
    this.failure = null;
  }

  /** The fields that say which files are read, where some are named; null otherwise. */
  get fileData(): FormValues | null {
    if ((this.#values['path'] ?? '') === '') return null;
    const keys = ['source', 'path', 'testShare', 'side', 'colour'];
    return Object.fromEntries(Object.entries(this.#values).filter(([key]) => keys.includes(key)));
  }

  set(key: string, value: string | boolean): void {
    this.#values = { ...this.#values, [key]: value };
    if (key in this.#issues)
      this.#issues = Object.fromEntries(Object.entries(this.#issues).filter(([field]) => field !== key));
  }

  issue(field: string): string | undefined {
    return this.#issues[field];
  }

  /** @returns the ids of the runs queued; empty when the server refused, with the reasons at their fields. */
  async submit(): Promise<readonly number[]> {
    const kind = this.kind;
    if (kind === undefined || this.busy) return [];
    this.#issues = {};
    this.failure = null;
    if (this.count > MOST_RUNS) {
      this.failure = `These lists make ${this.count} runs, more than the ${MOST_RUNS} that one form may queue. Nothing was queued; shorten a list.`;
      return [];
    }
    this.busy = true;
    const ids: number[] = [];
    try {
      // Runs of one form differ in what its lists say, and in nothing else.
      const seed = this.seed.trim() === '' ? randomSeed() : Number(this.seed);
      for (const { parameters, suffix } of expandGrid(kind.parameters, this.#values)) {
        ids.push((await api.create(this.#request(kind, parameters, suffix, seed))).id);
      }
    } catch (error) {
      this.#explain(error, ids.length);
      return [];
    } finally {
      this.busy = false;
    }
    return ids;
  }

  #request(kind: RunKind, parameters: FormValues, suffix: string, seed: number): NewRun {
    const name = [this.name.trim(), suffix].filter(Boolean).join(', ');
    const experiment = this.experiment.trim();
    return {
      kind: kind.id,
      parameters,
      tags: parseTags(this.tags),
      note: this.note,
      ...(name === '' ? {} : { name }),
      ...(experiment === '' ? {} : { experiment }),
      seed,
    };
  }

  #explain(error: unknown, queued: number): void {
    const kept = queued === 0 ? '' : ` ${queued} of ${this.count} runs were queued before it.`;
    if (!(error instanceof ApiFailure)) throw error;
    const fields = new Set([...this.shown.map(({ key }) => key), 'experiment', 'name', 'tags', 'note', 'seed']);
    const named = error.issues.map((issue) => ({
      field: issue.field.split('.')[0] === 'parameters' ? issue.field.slice(11) : issue.field,
      message: issue.message,
    }));
    this.#issues = Object.fromEntries(named.map((issue) => [issue.field, issue.message]));
    const elsewhere = named
      .filter((issue) => !fields.has(issue.field))
      .map((issue) => `${issue.field} ${issue.message}`);
    if (named.length === 0 || elsewhere.length > 0)
      this.failure = [elsewhere.join('; ') || error.message, kept].join('');
    else
      this.failure = `${named.length === 1 ? 'One field needs' : `${named.length} fields need`} attention; what you typed is kept.${kept}`;
  }
}
