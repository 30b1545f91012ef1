import type { EpochMs } from '../../../shared/domain/time.ts';
import type { OutgoingRow } from '../store/outbox-store.ts';

/** The messages of one platform that left and were not answered yet. The lease of a message is its place in here. */
export class UnderWay {
  readonly #rows = new Map<number, { readonly row: OutgoingRow; readonly since: EpochMs }>();
  readonly #waiting = new Set<() => void>();

  get size(): number {
    return this.#rows.size;
  }

  ids(): IterableIterator<number> {
    return this.#rows.keys();
  }

  has(id: number): boolean {
    return this.#rows.has(id);
  }

  since(id: number): EpochMs | undefined {
    return this.#rows.get(id)?.since;
  }

  begin(row: OutgoingRow, since: EpochMs): void {
    this.#rows.set(row.id, { row, since });
  }

  end(id: number): void {
    this.#rows.delete(id);
    if (this.#rows.size > 0) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** Whether one of this stay and kind is among them. */
  isBusy(kind: OutgoingRow['kind'], key: string): boolean {
    for (const { row } of this.#rows.values()) if (row.key === key && row.kind === kind) return true;
    return false;
  }

  count(kind: OutgoingRow['kind']): number {
    let count = 0;
    for (const { row } of this.#rows.values()) if (row.kind === kind) count += 1;
    return count;
  }

  /** Resolves once none is left. */
  async allDone(): Promise<void> {
    while (this.#rows.size > 0) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }
}
