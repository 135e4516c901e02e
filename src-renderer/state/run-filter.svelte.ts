/** What the runs table shows: shelf, search text, conditions, order and columns. Kept in localStorage between starts. */
import type { RunQuery } from '../api.ts';
import { conditionText, isComplete, type Condition } from '../text/conditions.ts';

export type Shelf = 'active' | 'archived' | 'trash';

const STORED = 'peel.runs';
export const DEFAULT_COLUMNS: readonly string[] = ['status', 'experiment', 'kind', 'tags', 'createdAt', 'duration'];

interface Stored {
  readonly sort: string;
  readonly descending: boolean;
  readonly columns: readonly string[];
}

function restore(): Stored {
  const standard: Stored = { sort: 'createdAt', descending: true, columns: DEFAULT_COLUMNS };
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<Stored>) };
  } catch {
    return standard;
  }
}

export class RunFilter {
  shelf = $state<Shelf>('active');
  text = $state('');
  conditions = $state.raw<readonly Condition[]>([]);
  #stored = $state.raw(restore());

  readonly #complete = $derived(this.conditions.filter(isComplete));

  readonly query: RunQuery = $derived({
    shelf: this.shelf,
    text: this.text.trim(),
    where: this.#complete.filter(({ column }) => column !== 'tag').map(conditionText),
    tag: this.#complete.find(({ column }) => column === 'tag')?.value.trim() ?? '',
    sort: this.#stored.sort,
    descending: this.#stored.descending,
  });

  /** True when the table may hold less than its shelf does. */
  readonly narrowed = $derived(this.text.trim() !== '' || this.#complete.length > 0);

  get sort(): string {
    return this.#stored.sort;
  }

  get descending(): boolean {
    return this.#stored.descending;
  }

  get columns(): readonly string[] {
    return this.#stored.columns;
  }

  set columns(columns: readonly string[]) {
    this.#store({ ...this.#stored, columns });
  }

  /** Ascending at first; once more turns the order round. */
  sortBy(column: string): void {
    this.#store({ ...this.#stored, sort: column, descending: column === this.sort ? !this.descending : false });
  }

  toggleColumn(key: string): void {
    this.columns = this.columns.includes(key) ? this.columns.filter((one) => one !== key) : [...this.columns, key];
  }

  clear(): void {
    this.text = '';
    this.conditions = [];
  }

  #store(stored: Stored): void {
    this.#stored = stored;
    localStorage.setItem(STORED, JSON.stringify(stored));
  }
}
