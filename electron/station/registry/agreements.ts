import type { Actor } from '../../../shared/domain/events.ts';
import type { Agreement } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { because, by, demandSpan, or, plateText, type RegistryDeps, sameContent } from './common.ts';
import { NO_END } from './lists.ts';

export interface AgreementPut {
  readonly platform: string;
  readonly plate: string;
  readonly kind: Agreement['kind'];
  /** For this stay only; null or absent: for every stay. */
  readonly uid?: string | null | undefined;
  readonly limitFen?: number | null | undefined;
  readonly validFrom?: EpochMs | undefined;
  readonly validTo?: EpochMs | undefined;
}

type Which = Pick<AgreementPut, 'platform' | 'plate' | 'kind' | 'uid'>;

/** 签约: which plates a platform pays for. One per platform, plate, kind and stay; putting it again updates it. */
export class Agreements {
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  put(given: AgreementPut, actor: Actor): Agreement {
    const plate = plateText(given.plate);
    return this.#deps.store.write((tx) => {
      const now = this.#deps.clock.now();
      const known = tx.agreements.ofPlate(plate).find((each) => is(each, { ...given, plate }));
      const agreement: Agreement = {
        id: known?.id ?? this.#deps.ids.next('agr'),
        platform: given.platform,
        plate,
        kind: given.kind,
        limitFen: or(given.limitFen, known?.limitFen ?? null),
        uid: given.uid ?? null,
        validFrom: given.validFrom ?? known?.validFrom ?? now,
        validTo: given.validTo ?? known?.validTo ?? NO_END,
        updatedAt: now,
      };
      demandSpan(agreement.validFrom, agreement.validTo);
      if (known && sameContent(known, agreement)) return known;
      tx.record({
        kind: 'agreement-changed',
        ...by(actor, agreement.uid),
        body: { change: known ? 'updated' : 'added', agreement },
      });
      return agreement;
    });
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
