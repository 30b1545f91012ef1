import type { Platform } from '../platforms/platform.ts';
import type { Difference, Found, RunFigure } from '../store/outbox-run-store.ts';
import type { Store } from '../store/store.ts';
import { bySpecification } from './order.ts';

/** A run that found more keeps the first of them; once these are made good, the next run finds the rest. */
const MOST_DIFFERENCES = 200_000;

const NOTHING = {
  ...{ delivered: 0, waiting: 0, refused: 0, discarded: 0, 'given-up': 0, missing: 0 },
  ...{ lost: 0, extra: 0, gone: 0, unreadable: 0 },
} as const satisfies Record<Found, 0>;

export type Finding = Omit<Difference, 'number'>;

/** What a run finds: counted by message, and what is not delivered kept one by one. */
export class Findings {
  readonly #store: Store;
  readonly #platform: Platform;
  readonly #runId: string;
  readonly #figures = new Map<string, { expected: number; readonly found: Record<Found, number> }>();
  #kept = 0;

  constructor(store: Store, platform: Platform, runId: string) {
    this.#store = store;
    this.#platform = platform;
    this.#runId = runId;
  }

  get differences(): number {
    return this.#kept;
  }

  add(all: readonly Finding[]): void {
    for (const { message, found } of all) {
      const figure = this.#of(message);
      if (found !== 'extra') figure.expected += 1;
      figure.found[found] += 1;
    }
    const differing = all.filter(({ found }) => found !== 'delivered').slice(0, MOST_DIFFERENCES - this.#kept);
    if (differing.length === 0) return;
    this.#store.write((tx) => {
      for (const [index, each] of differing.entries())
        tx.outboxDifferences.add(this.#runId, { ...each, number: this.#kept + index + 1 });
    });
    this.#kept += differing.length;
  }

  /** One that was added as delivered turned out otherwise. */
  replaceDelivered(finding: Finding): void {
    const figure = this.#of(finding.message);
    figure.expected -= 1;
    figure.found.delivered -= 1;
    this.add([finding]);
  }

  figures(): RunFigure[] {
    return [...this.#figures]
      .map(([message, { expected, found }]) => ({ message, expected, found: { ...found } }))
      .sort(bySpecification(this.#platform));
  }

  #of(message: string) {
    const figure = this.#figures.get(message) ?? { expected: 0, found: { ...NOTHING } };
    this.#figures.set(message, figure);
    return figure;
  }
}
