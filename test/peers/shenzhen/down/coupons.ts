import { dashed } from '../wire-time.ts';

/** An element of couponList. */
export interface Coupon {
  readonly usercouponId: string;
  readonly couponType: number;
  readonly timeType?: number;
  readonly parkingTime?: number;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly discountAmount: string;
  readonly maxDiscountAmount?: string;
  readonly discountRate?: string;
  readonly freeMinutes?: number;
  readonly timeoutValid?: boolean;
  readonly minimumConsumption?: string;
}

type More = Partial<Omit<Coupon, 'couponType'>>;

const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** Coupons of each kind, each with an id of its own. */
export class CouponMaker {
  #made = 0;

  /** 现金券. */
  cash(fen: number, more?: More): Coupon {
    return this.#make(0, { discountAmount: yuan(fen), ...more });
  }

  /** 折扣券: 0.85 is to pay 85 %. */
  discount(rate: number, more?: More): Coupon {
    return this.#make(1, { discountRate: rate.toFixed(2), ...more });
  }

  /** 时长定额券 (0), 时长减免券 (1), 时长折扣券 (2). */
  time(timeType: 0 | 1 | 2 | (number & {}), freeMinutes: number, more?: More): Coupon {
    return this.#make(3, { timeType, freeMinutes, ...more });
  }

  /** 全免券. */
  full(more?: More): Coupon {
    return this.#make(4, more);
  }

  /** A kind that the document does not have, 2 among them. */
  unknown(couponType: number, more?: More): Coupon {
    return this.#make(couponType, more);
  }

  /** Valid from and until, as texts. */
  between(from: number, to: number): Pick<Coupon, 'startDate' | 'endDate'> {
    return { startDate: dashed(from), endDate: dashed(to) };
  }

  #make(couponType: number, more: More = {}): Coupon {
    this.#made += 1;
    return { usercouponId: `C${this.#made}`, couponType, discountAmount: '0', ...more };
  }
}
