import type { Actor } from '../../../shared/domain/events.ts';
import { MAX_FEN } from '../../../shared/domain/money.ts';
import type { Coupon, DiscountKind, Merchant } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { because, by, demandSpan, or, plateText, type RegistryDeps, sameContent } from './common.ts';

export interface MerchantPut {
  readonly name?: string | undefined;
  readonly couponsLeft?: number | null | undefined;
  readonly amountLeftFen?: number | null | undefined;
  readonly state?: Merchant['state'] | undefined;
}

export interface CouponGiven {
  readonly merchantId: string;
  readonly plate: string;
  readonly kind: DiscountKind;
  readonly value: number;
  readonly maxFen?: number | null | undefined;
  readonly minimumFen?: number | undefined;
  readonly validFrom?: EpochMs | undefined;
  readonly validTo: EpochMs;
  /** The giver's own id of the coupon: the same again gives nothing more. */
  readonly id?: string | undefined;
}

/** What a value of each kind may be. */
const LIMITS: Readonly<Record<DiscountKind, readonly [number, number]>> = {
  amount: [1, MAX_FEN],
  minutes: [1, 100_000],
  rate: [1, 100],
  free: [0, 0],
};

/** 商户 and their 优惠券. The number of coupons is counted when one is given, their sum when one is used. */
export class Merchants {
  readonly #deps: RegistryDeps;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  put(given: MerchantPut, id: string | null, actor: Actor): Merchant {
    const { store, ids, clock } = this.#deps;
    return store.write((tx) => {
      const known = id === null ? undefined : tx.merchants.get(id);
      if (id !== null && !known) throw new NotFoundError('没有这个商户');
      const name = given.name ?? known?.name ?? '';
      if (tx.merchants.all().some((other) => other.name === name && other.id !== known?.id))
        throw new ConflictError('name-taken', `已有商户「${name}」`);
      const merchant: Merchant = {
        id: known?.id ?? ids.next('shop'),
        name,
        couponsLeft: or(given.couponsLeft, known?.couponsLeft ?? null),
        amountLeftFen: or(given.amountLeftFen, known?.amountLeftFen ?? null),
        state: given.state ?? known?.state ?? 'active',
        updatedAt: clock.now(),
      };
      if (known && sameContent(known, merchant)) return known;
      this.#record(tx, merchant, known ? 'updated' : 'added', actor);
      return merchant;
    });
  }

  give(given: CouponGiven, actor: Actor): Coupon {
    const { store, ids, clock } = this.#deps;
    const plate = plateText(given.plate);
    const [least, most] = LIMITS[given.kind];
    if (given.value < least || given.value > most)
      throw new ConflictError('bad-value', `优惠数值应在 ${least} 到 ${most} 之间`);
    return store.write((tx) => {
      const now = clock.now();
      const known = given.id === undefined ? undefined : tx.coupons.get(given.id);
      const coupon: Coupon = {
        id: given.id ?? ids.next('coupon'),
        merchantId: given.merchantId,
        plate,
        kind: given.kind,
        value: given.value,
        maxFen: given.maxFen ?? null,
        minimumFen: given.minimumFen ?? 0,
        validFrom: given.validFrom ?? known?.validFrom ?? now,
        validTo: given.validTo,
        state: 'given',
        uid: null,
        updatedAt: now,
      };
      if (known) {
        if (sameContent({ ...known, state: 'given', uid: null }, coupon)) return known;
        throw new ConflictError('coupon-exists', '该优惠券编号已使用');
      }
      demandSpan(coupon.validFrom, coupon.validTo);
      const merchant = this.#active(tx, given.merchantId);
      if (merchant.couponsLeft !== null)
        this.#record(tx, { ...merchant, couponsLeft: merchant.couponsLeft - 1, updatedAt: now }, 'updated', actor);
      tx.record({ kind: 'coupon-changed', ...by(actor), body: { change: 'added', coupon } });
      return coupon;
    });
  }

  /** Takes a coupon back that was not used; the merchant may give another instead. Cancelling twice is no error. */
  cancel(id: string, actor: Actor, reason?: string): Coupon {
    const { store, clock } = this.#deps;
    return store.write((tx) => {
      const known = tx.coupons.get(id);
      if (!known) throw new NotFoundError('没有这张优惠券');
      if (known.state === 'cancelled') return known;
      if (known.state === 'used') throw new ConflictError('coupon-used', '优惠券已使用，不能取消');
      const now = clock.now();
      const coupon: Coupon = { ...known, state: 'cancelled', updatedAt: now };
      tx.record({ kind: 'coupon-changed', ...by(actor), body: { change: 'updated', coupon, ...because(reason) } });
      const merchant = tx.merchants.get(known.merchantId);
      if (merchant && merchant.couponsLeft !== null)
        this.#record(tx, { ...merchant, couponsLeft: merchant.couponsLeft + 1, updatedAt: now }, 'updated', actor);
      return coupon;
    });
  }

  #active(tx: Tx, id: string): Merchant {
    const merchant = tx.merchants.get(id);
    if (!merchant) throw new NotFoundError('没有这个商户');
    if (merchant.state !== 'active') throw new ConflictError('merchant-suspended', '商户已停用');
    if (merchant.couponsLeft === 0 || merchant.amountLeftFen === 0)
      throw new ConflictError('quota-used-up', `商户「${merchant.name}」的优惠额度已用完`);
    return merchant;
  }

  #record(tx: Tx, merchant: Merchant, change: 'added' | 'updated', actor: Actor): void {
    tx.record({ kind: 'merchant-changed', ...by(actor), body: { change, merchant } });
  }
}
