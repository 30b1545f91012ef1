import type { Discount } from '../../../../shared/domain/registry.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { Grant } from '../../payments/grants.ts';
import { carriedOut } from './carried-out.ts';
import { KEYTOP, type KeytopContext, type KeytopReply, notDone, rows } from './context.ts';

/** A reduction without an order (3.3). */
interface Coupon {
  readonly freeMoneyFen: number;
  readonly freeSeconds: number;
  readonly remark: string;
}

/** Before its money has shown itself, nobody takes anything off a bill that may be being paid: the third party repeats it. */
export function grantCoupon(coupon: Coupon, { uid }: Stay, context: KeytopContext): KeytopReply {
  const { station } = context;
  const grants = grantsOf(coupon);
  const known = sameBefore(grants, station().read.stays.get(uid), context);
  if (known !== undefined) return numbered(known);
  return carriedOut(() => {
    const stay = station().payments.grants.grantAll(uid, grants, KEYTOP, null);
    const first = stay.discounts.at(-grants.length);
    return first ? numbered(first.id) : notDone('减免没有登记，请稍后再试');
  });
}

const numbered = (orderNo: string): KeytopReply => rows([{ orderNo }]);

/** Whole minutes, of which a begun one counts: nobody gets less than was granted. */
function grantsOf({ freeMoneyFen, freeSeconds, remark }: Coupon): readonly Grant[] {
  const about = { maxFen: null, minimumFen: 0, reason: remark.trim() || '停车减免' };
  return [
    ...(freeSeconds > 0 ? [{ ...about, kind: 'minutes' as const, value: Math.ceil(freeSeconds / 60) }] : []),
    ...(freeMoneyFen > 0 ? [{ ...about, kind: 'amount' as const, value: freeMoneyFen }] : []),
  ];
}

/**
 * Requests carry no number of their own: one that says the same for the same stay soon after is the same told again, also where a bill
 * has used it meanwhile. What is granted at once bears one moment.
 */
function sameBefore(grants: readonly Grant[], stay: Stay | undefined, context: KeytopContext): string | undefined {
  const [grant] = grants;
  if (!stay || !grant) return undefined;
  const { clock, settings, station } = context;
  const origin = station().payments.grants.originOf(KEYTOP, grant.reason);
  const since = clock.now() - settings.coupons.repeatSeconds * 1000;
  const together = new Map<number, Discount[]>();
  for (const discount of [...stay.usedDiscounts.map((used) => used.discount), ...stay.discounts])
    if (discount.originKind === 'platform' && discount.origin === origin && discount.grantedAt > since)
      together.set(discount.grantedAt, [...(together.get(discount.grantedAt) ?? []), discount]);
  const wanted = signOf(grants);
  const same = [...together.values()].find((discounts) => signOf(discounts) === wanted);
  return same?.find(({ kind, value }) => kind === grant.kind && value === grant.value)?.id;
}

const signOf = (discounts: readonly Pick<Discount, 'kind' | 'value'>[]): string =>
  discounts
    .map(({ kind, value }) => `${kind} ${value}`)
    .sort()
    .join();
