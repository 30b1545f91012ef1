import type { Actor } from '../../../shared/domain/events.ts';
import type { Agreement } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Tx } from '../store/store.ts';
import { because, by, demandSpan, or, plateText, type RegistryDeps, type RowOutcome, sameContent } from './common.ts';
import { NO_END } from './lists.ts';

export interface AgreementPut {
  readonly platform: string;
  readonly plate: string;
  readonly kind: Agreement['kind'];
  /** For this stay only; null or absent: for every stay. */
  readonly uid?: string | null | undefined;
  readonly limitFen?: number | null | undefined;
  /** departure-pay: how long the platform tries to collect; absent: as it was, else three hours. */
  readonly collectMinutes?: number | undefined;
  readonly validFrom?: EpochMs | undefined;
  readonly validTo?: EpochMs | undefined;
}

/** What cities give themselves before a bill counts as not collected. */
const COLLECT_MINUTES = 180;

type Which = Pick<AgreementPut, 'platform' | 'plate' | 'kind' | 'uid'>;

interface Composed {
  readonly agreement: Agreement;
  readonly change: 'added' | 'updated' | null;
}

/** 签约: which plates a platform pays for. One per platform, plate, kind and stay; putting it again updates it. */
export class Agreements {
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  put(given: AgreementPut, actor: Actor): Agreement {
    return this.#deps.store.write((tx) => this.putIn(tx, given, actor).agreement);
  }

  /** {@link put} within a transaction; `change` is null when nothing changed. */
  putIn(tx: Tx, given: AgreementPut, actor: Actor): Composed {
    const composed = this.#compose(tx, given);
    const { agreement, change } = composed;
    if (change !== null)
      tx.record({ kind: 'agreement-changed', ...by(actor, agreement.uid), body: { change, agreement } });
    return composed;
  }

  /** What {@link putIn} would do. */
  compare(read: Pick<Tx, 'agreements'>, given: AgreementPut): RowOutcome {
    return this.#compose(read, given).change ?? 'unchanged';
  }

  #compose(read: Pick<Tx, 'agreements'>, given: AgreementPut): Composed {
    const plate = plateText(given.plate);
    const now = this.#deps.clock.now();
    const known = read.agreements.ofPlate(plate).find((each) => is(each, { ...given, plate }));
    const agreement: Agreement = {
      id: known?.id ?? this.#deps.ids.next('agr'),
      platform: given.platform,
      plate,
      kind: given.kind,
      limitFen: or(given.limitFen, known?.limitFen ?? null),
      uid: given.uid ?? null,
      collectMinutes: given.collectMinutes ?? known?.collectMinutes ?? COLLECT_MINUTES,
      validFrom: given.validFrom ?? known?.validFrom ?? now,
      validTo: given.validTo ?? known?.validTo ?? NO_END,
      updatedAt: now,
    };
    demandSpan(agreement.validFrom, agreement.validTo);
    if (known && sameContent(known, agreement)) return { agreement: known, change: null };
    return { agreement, change: known ? 'updated' : 'added' };
  }

  /** @returns whether there was one. */
  remove(which: { readonly id: string } | Which, actor: Actor, reason?: string): boolean {
    return this.#deps.store.write((tx) => {
      const agreement =
        'id' in which
          ? tx.agreements.get(which.id)
          : tx.agreements.ofPlate(plateText(which.plate)).find((each) => is(each, { ...which, plate: each.plate }));
      if (!agreement) return false;
      tx.record({
        kind: 'agreement-changed',
        ...by(actor, agreement.uid),
        body: { change: 'removed', agreement, ...because(reason) },
      });
      return true;
    });
  }
}

const is = (agreement: Agreement, which: Which): boolean =>
  agreement.platform === which.platform &&
  agreement.plate === which.plate &&
  agreement.kind === which.kind &&
  agreement.uid === (which.uid ?? null);
