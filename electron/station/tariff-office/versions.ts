import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { PublishedTariff } from '../../../shared/domain/tariff-records.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Pricing } from '../payments/pricing.ts';
import { NotFoundError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import { effectiveAt, inForce } from '../tariff/book.ts';

/** `superseded` ones still price the cars that came in under them. */
export type VersionState = 'in-force' | 'scheduled' | 'superseded' | 'withdrawn';

/** All versions that were ever published, kept in step with the journal, and handed to whoever prices. */
export class Versions {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #pricing: Pricing;
  /** Ids that lanes name. */
  readonly #named: readonly string[];
  #all: readonly PublishedTariff[] = [];

  constructor(deps: {
    readonly store: Store;
    readonly clock: Clock;
    readonly pricing: Pricing;
    readonly named: readonly string[];
  }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#pricing = deps.pricing;
    this.#named = deps.named;
    this.refresh();
  }

  /** Reads what is stored and lets it count from here on. */
  refresh(): void {
    const { tariffVersions, calendars } = this.#store.read;
    this.#all = tariffVersions.all();
    this.#pricing.publish(
      this.#all.filter((version) => !version.withdrawn).map((version) => version.tariff),
      calendars.current(),
    );
  }

  all(): readonly PublishedTariff[] {
    return this.#all;
  }

  /** A version, the newest one where none is named. Withdrawn ones are found by their number alone. */
  get(tariffId: string, version?: number): PublishedTariff {
    const found = this.#all.findLast(
      (each) =>
        each.tariff.id === tariffId && (version === undefined ? !each.withdrawn : each.tariff.version === version),
    );
    if (!found) throw new NotFoundError(version === undefined ? '没有这个收费规则' : '没有这个收费规则的这一版');
    return found;
  }

  state(version: PublishedTariff): VersionState {
    if (version.withdrawn) return 'withdrawn';
    const now = this.#clock.now();
    if (effectiveAt(version.tariff) > now) return 'scheduled';
    return inForce(this.#pricing.all(), now, this.#named).has(version.tariff) ? 'in-force' : 'superseded';
  }

  /** What is in force at `at` and would not be any more if this tariff came into effect then: `id@version`. */
  replacedBy(tariff: Tariff, at: EpochMs): string[] {
    const present = this.#pricing.all();
    const after = inForce([...present, tariff], at, this.#named);
    return [...inForce(present, at, this.#named)]
      .filter((each) => !after.has(each))
      .map((each) => `${each.id}@${each.version ?? 0}`);
  }

  /** The number that the next version of a tariff gets; numbers of withdrawn versions are not used again. */
  nextVersion(tariffId: string): number {
    const used = this.#all.filter((each) => each.tariff.id === tariffId).map((each) => each.tariff.version ?? 0);
    return Math.max(0, ...used) + 1;
  }

  nextNumber(): number {
    return (this.#all.at(-1)?.number ?? 0) + 1;
  }
}
