import type { AgreementView } from '../../../shared/contract/agreements.ts';
import type { BookingView } from '../../../shared/contract/bookings.ts';
import type { CardView, RechargePlanView } from '../../../shared/contract/cards.ts';
import type { CouponView, MerchantView } from '../../../shared/contract/coupons.ts';
import type { DebtView } from '../../../shared/contract/debts.ts';
import type { ImportView } from '../../../shared/contract/imports.ts';
import type { VisitorView } from '../../../shared/contract/visitors.ts';
import type {
  Agreement,
  Booking,
  Card,
  Coupon,
  Debt,
  Merchant,
  RechargePlan,
  Visitor,
} from '../../../shared/domain/registry.ts';
import { fromRfc3339, toRfc3339 } from '../../../shared/domain/time.ts';
import type { Progress } from '../registry/imports/imports.ts';

/** The registry as it looks from outside: instants become RFC 3339. Pure. */

const span = ({ validFrom, validTo, updatedAt }: { validFrom: number; validTo: number; updatedAt: number }) => ({
  validFrom: toRfc3339(validFrom),
  validTo: toRfc3339(validTo),
  updatedAt: toRfc3339(updatedAt),
});

const period = ({ from, to, updatedAt }: { from: number; to: number; updatedAt: number }) => ({
  from: toRfc3339(from),
  to: toRfc3339(to),
  updatedAt: toRfc3339(updatedAt),
});

export const cardView = (card: Card): CardView => ({ ...card, ...span(card) });
export const couponView = (coupon: Coupon): CouponView => ({ ...coupon, ...span(coupon) });
export const agreementView = (agreement: Agreement): AgreementView => ({ ...agreement, ...span(agreement) });
export const bookingView = (booking: Booking): BookingView => ({ ...booking, ...period(booking) });
export const visitorView = (visitor: Visitor): VisitorView => ({ ...visitor, ...period(visitor) });
export const planView = (plan: RechargePlan): RechargePlanView => ({ ...plan, updatedAt: toRfc3339(plan.updatedAt) });
export const merchantView = (merchant: Merchant): MerchantView => ({
  ...merchant,
  updatedAt: toRfc3339(merchant.updatedAt),
});
export const debtView = ({ notBefore, ...debt }: Debt): DebtView => ({
  ...debt,
  since: toRfc3339(debt.since),
  ...(notBefore === undefined ? {} : { notBefore: toRfc3339(notBefore) }),
  updatedAt: toRfc3339(debt.updatedAt),
});

export function importView(progress: Progress): ImportView {
  if ('job' in progress) {
    const {
      actor: _actor,
      position,
      present: _present,
      comparedSeq: _seq,
      sharePlates: _share,
      ordered: _ordered,
      ...job
    } = progress.job;
    const working = job.state === 'checking' || job.state === 'applying';
    return {
      id: job.id,
      what: job.what,
      fileName: job.fileName,
      bytes: job.bytes,
      state: job.state,
      progress: working ? share(position, job.rows) : job.state === 'staging' ? 0 : 1,
      receivedBytes: job.bytes,
      sha256: job.sha256,
      rows: job.rows,
      added: job.added,
      updated: job.updated,
      unchanged: job.unchanged,
      faultCount: job.faultCount,
      unknownColumns: job.unknownColumns,
      detail: job.detail,
      createdAt: toRfc3339(job.createdAt),
    };
  }
  const { upload } = progress;
  return {
    id: upload.id,
    what: upload.what,
    fileName: upload.fileName,
    bytes: upload.bytes,
    state: upload.read === null ? 'receiving' : 'reading',
    progress: upload.read ?? share(upload.received, upload.bytes),
    receivedBytes: upload.received,
    sha256: null,
    rows: upload.rows,
    added: 0,
    updated: 0,
    unchanged: 0,
    faultCount: 0,
    unknownColumns: [],
    detail: '',
    createdAt: toRfc3339(upload.createdAt),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : Math.min(1, part / whole));

/** An instant that may be left out. */
export const maybeInstant = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : fromRfc3339(text);

/** `validFrom` and `validTo` of an input, as instants. */
export const instants = (input: {
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
}) => ({
  validFrom: maybeInstant(input.validFrom),
  validTo: maybeInstant(input.validTo),
});
