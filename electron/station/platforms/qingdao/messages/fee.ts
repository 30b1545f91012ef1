import { z } from 'zod';
import type { Bill } from '../../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../../shared/domain/stay.ts';
import { ConflictError, NotFoundError } from '../../../runtime/errors.ts';
import { PLATFORM } from '../arrears.ts';
import { billOf } from '../bill-fields.ts';
import { listedPlate, PAID, paidType } from '../codes.ts';
import type { QingdaoContext } from '../context.ts';
import { down } from '../define.ts';
import { looseText } from '../loose.ts';
import { addressed } from '../notice-rules.ts';

/** What stands in the place of a bill where there is none, because the car owes nothing. */
const FREE = 'free-';

/**
 * Somebody wants to pay in the platform's app: what does the car have to pay now? A question, so it is answered whenever it comes,
 * however old (D14, D34).
 */
export const fee = down({
  name: 'fee',
  title: '车辆账单信息查询',
  section: '四(四)2',
  schema: z.looseObject({ parkingCode: looseText(64), plateNo: looseText(50), uid: looseText(64) }),
  sample: { parkingCode: '1001', plateNo: '鲁B01001', plateColor: 1 },
  handle: (body, notice, context) => {
    const elsewhere = addressed(body.parkingCode, notice, context);
    if (elsewhere !== undefined) return elsewhere;
    const failed = (reason: string) => ({
      kind: 'failed' as const,
      reason,
      // As it came; a body keeps what is empty out of it (D23, D35).
      params: { ...given(body), parkingCode: context.settings.parkingCode },
    });
    const plate = listedPlate(body.plateNo ?? '');
    if (plate === undefined) return failed('plateNo: no plate that a car can have');
    try {
      return { kind: 'done', params: billed(plate, body.uid, context) };
    } catch (error) {
      if (error instanceof ConflictError || error instanceof NotFoundError) return failed(error.message);
      throw error;
    }
  },
});

const given = (body: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

/** @throws NotFoundError the car is not inside · ConflictError a person looks first, or nothing prices it */
function billed(plate: string, uid: string | null, context: QingdaoContext): Readonly<Record<string, unknown>> {
  const { payments, read } = context.station();
  const { validMinutes } = context.settings.prepay;
  const known = uid !== null && read.stays.get(uid)?.status === 'inside';
  // An order is about one stay: its debts are settled with whoever they are owed to.
  const wanted = { debts: false, validMinutes };
  const made = payments.prepayments.bill(known ? { uid } : { plate }, PLATFORM, wanted);
  const { stay } = made;
  // The car is inside: it is billed up to the moment of the calculation, which is the bill's.
  if (made.kind === 'bill') return billOf(made.bill, stay, made.bill.createdAt, context.settings);
  const last = read.bills.ofStay(stay.uid).findLast(({ state }) => state === 'paid');
  if (made.graceUntil === null || last === undefined) return nothingDue(stay, context);
  return paidBill(last, stay, context);
}

/** Paid, and still in time to leave: the bill that was paid. */
function paidBill(bill: Bill, stay: Stay, context: QingdaoContext): Readonly<Record<string, unknown>> {
  const paid = context.station().read.payments.get(bill.id);
  return {
    ...billOf(bill, stay, bill.createdAt, context.settings),
    payStatus: PAID,
    paidType: paidType(paid?.method ?? 'platform', paid?.via ?? null),
  };
}

/** Free so far: a bill over nothing, which nobody paid. */
function nothingDue(stay: Stay, { clock, settings }: QingdaoContext): Readonly<Record<string, unknown>> {
  const now = clock.now();
  const none: Bill = {
    id: `${FREE}${stay.entryRecordId}`.slice(0, 60),
    uid: stay.uid,
    state: 'open',
    scene: 'prepaid',
    tariffId: '',
    minutes: 0,
    ...{ chargeFen: 0, discountFen: 0, paidFen: 0, dueFen: 0, steps: [], discounts: [], arrears: [] },
    createdAt: now,
    validUntil: null,
  };
  return billOf(none, stay, now, settings);
}
