import type { Actor } from '../../../shared/domain/events.ts';
import { MAX_FEN } from '../../../shared/domain/money.ts';
import type { Coupon, DiscountKind, Merchant } from '../../../shared/domain/registry.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Tx } from '../store/store.ts';
import { because, by, demandSpan, or, plateText, type RegistryDeps, type RowOutcome, sameContent } from './common.ts';

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

interface PutMerchant {
  readonly merchant: Merchant;
  readonly change: 'added' | 'updated' | null;
}

interface GivenCoupon {
  readonly coupon: Coupon;
  readonly change: 'added' | null;
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
    return this.#deps.store.write((tx) => this.putIn(tx, given, id, actor).merchant);
  }

  /** {@link put} within a transaction; `change` is null when nothing changed. */
  putIn(tx: Tx, given: MerchantPut, id: string | null, actor: Actor): PutMerchant {
    const composed = this.#compose(tx, given, id);
    if (composed.change !== null) this.#record(tx, composed.merchant, composed.change, actor);
    return composed;
  }

  /** What {@link putIn} would do. */
  compare(read: Pick<Tx, 'merchants'>, given: MerchantPut, id: string | null): RowOutcome {
    return this.#compose(read, given, id).change ?? 'unchanged';
  }

  #compose(read: Pick<Tx, 'merchants'>, given: MerchantPut, id: string | null): PutMerchant {
    const { ids, clock } = this.#deps;
    const known = id === null ? undefined : read.merchants.get(id);
    if (id !== null && !known) throw new NotFoundError('没有这个商户');
    const name = given.name ?? known?.name ?? '';
    const other = read.merchants.byName(name);
    if (other && other.id !== known?.id) throw new ConflictError('name-taken', `已有商户「${name}」`);
    const merchant: Merchant = {
      id: known?.id ?? ids.next('shop'),
      name,
      couponsLeft: or(given.couponsLeft, known?.couponsLeft ?? null),
      amountLeftFen: or(given.amountLeftFen, known?.amountLeftFen ?? null),
      state: given.state ?? known?.state ?? 'active',
      updatedAt: clock.now(),
    };
    if (known && sameContent(known, merchant)) return { merchant: known, change: null };
    return { merchant, change: known ? 'updated' : 'added' };
  }

  give(given: CouponGiven, actor: Actor): Coupon {
    return this.#deps.store.write((tx) => this.giveIn(tx, given, actor).coupon);
  }

  /** {@link give} within a transaction; `change` is null when the coupon was there already. */
  giveIn(tx: Tx, given: CouponGiven, actor: Actor): GivenCoupon {
    const composed = this.#composeCoupon(tx, given);
    const { coupon, merchant } = composed;
    if (!merchant) return composed;
    if (merchant.couponsLeft !== null) {
      const counted = { ...merchant, couponsLeft: merchant.couponsLeft - 1, updatedAt: coupon.updatedAt };
      this.#record(tx, counted, 'updated', actor);
    }
    tx.record({ kind: 'coupon-changed', ...by(actor), body: { change: 'added', coupon } });
    return composed;
  }

  /** What {@link giveIn} would do. */
  compareCoupon(read: Pick<Tx, 'merchants' | 'coupons'>, given: CouponGiven): RowOutcome {
    return this.#composeCoupon(read, given).change ?? 'unchanged';
  }

  /** `merchant`: who gives it; null when nothing is to be given. */
  #composeCoupon(
    read: Pick<Tx, 'merchants' | 'coupons'>,
    given: CouponGiven,
  ): GivenCoupon & { readonly merchant: Merchant | null } {
    const { ids, clock } = this.#deps;
    const plate = plateText(given.plate);
    const [least, most] = LIMITS[given.kind];
    if (given.value < least || given.value > most)
      throw new ConflictError('bad-value', `优惠数值应在 ${least} 到 ${most} 之间`);
    const now = clock.now();
    const known = given.id === undefined ? undefined : read.coupons.get(given.id);
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
      if (sameContent({ ...known, state: 'given', uid: null }, coupon))
        return { coupon: known, change: null, merchant: null };
      throw new ConflictError('coupon-exists', '该优惠券编号已使用');
    }
    demandSpan(coupon.validFrom, coupon.validTo);
    return { coupon, change: 'added', merchant: this.#active(read, given.merchantId) };
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

  #active(tx: Pick<Tx, 'merchants'>, id: string): Merchant {
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
