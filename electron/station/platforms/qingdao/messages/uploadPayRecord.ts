import { z } from 'zod';
import type { EventBody } from '../../../../../shared/domain/events.ts';
import { departureBillId } from '../../../../../shared/domain/registry.ts';
import { shanghaiDateTime } from '../../../../../shared/domain/time.ts';
import { code, text, wireTime } from '../../wire-fields.ts';
import { PAID_TYPES, PAY_TYPE, PAY_TYPES, PLATE_LENGTH, paidType, plateNo } from '../codes.ts';
import { record, up } from '../define.ts';
import { fen, parkingCode, uid } from '../fields.ts';
import { VIA } from '../settle.ts';

const schema = z.strictObject({
  billID: text(60),
  uid,
  plateNo: text(PLATE_LENGTH),
  parkingCode,
  chargeFee: fen,
  shouldPay: fen,
  actualPay: fen,
  billTime: wireTime,
  dealTime: wireTime,
  paidType: code(PAID_TYPES),
  payType: code(PAY_TYPES),
  billWay: code([0, 1]),
});

/**
 * What the collecting platform took off while it was paid is no discount of the car park: it is part of what was due and not of what
 * was paid (D46).
 */
const takenOffAtPaying = ({ attemptId, discounts }: EventBody<'bill-paid'>): number =>
  attemptId === null
    ? 0
    : discounts.reduce(
        (sum, line) => (line.discount.id === `by-${attemptId}`.slice(0, 64) ? sum + line.amountFen : sum),
        0,
      );

/** Money was taken: one bill for each transaction. A stay that costs nothing has no transaction and sends none. */
export const uploadPayRecord = up({
  name: 'uploadPayRecord',
  title: '上传停车账单记录',
  section: '四(一)6',
  schema,
  sample: {
    billID: 'bill_1',
    uid: '1001120260302080509123',
    plateNo: '鲁B01C01',
    parkingCode: '1001',
    chargeFee: 800,
    shouldPay: 800,
    actualPay: 800,
    billTime: '2026-03-02 11:05:00',
    dealTime: '2026-03-02 11:05:06',
    paidType: 1,
    payType: 103,
    billWay: 0,
  },
  from: {
    'bill-paid': ({ body }, { settings }) => ({
      recordId: body.billId,
      key: body.stay.uid,
      body: {
        // A debt that the platform collects, paid in another way, is a payment of the bill that it knows.
        billID: (body.debtId === null ? undefined : departureBillId(VIA, body.debtId)) ?? body.billId,
        uid: body.stay.uid,
        plateNo: plateNo(body.stay.plate),
        parkingCode: settings.parkingCode,
        chargeFee: body.chargeFen,
        shouldPay: body.dueFen + takenOffAtPaying(body),
        actualPay: body.paidFen,
        billTime: shanghaiDateTime(body.billedAt),
        dealTime: shanghaiDateTime(body.paidAt),
        paidType: paidType(body.method, body.via),
        payType: PAY_TYPE[body.scene],
        billWay: body.via === VIA ? 1 : 0,
      },
    }),
  },
  wire: record,
});
