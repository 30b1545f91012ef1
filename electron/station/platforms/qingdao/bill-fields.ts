import { type Bill, toPayFen } from '../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { type EpochMs, shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { code, text, wireTime } from '../wire-fields.ts';
import { PAID, PLATE_COLORS, PLATE_LENGTH, plateColor, plateNo, UNPAID } from './codes.ts';
import type { QingdaoSettings } from './config.ts';
import { fen, parkingCode, uid } from './fields.ts';

/** A bill as the payment interfaces write it. */

export const billID = text(60);
export const plateFields = { plateNo: text(PLATE_LENGTH), plateColor: code(PLATE_COLORS) };

export const billFields = {
  parkingCode,
  uid,
  ...plateFields,
  arriveTime: wireTime,
  endTime: wireTime,
  billID,
  billTime: wireTime,
  shouldPay: fen,
  payStatus: code([UNPAID, PAID]),
};

export const plateOf = ({ plate }: Pick<Stay, 'plate'>, { defaults }: QingdaoSettings) => ({
  plateNo: plateNo(plate),
  plateColor: plateColor(plate.color, defaults.plateColor),
});

/** An open bill. `until`: when the stay ended, or for what moment it was calculated. */
export const billOf = (bill: Bill, stay: Stay, until: EpochMs, settings: QingdaoSettings) => ({
  parkingCode: settings.parkingCode,
  uid: stay.uid,
  ...plateOf(stay, settings),
  arriveTime: shanghaiDateTime(stay.enteredAt),
  endTime: shanghaiDateTime(until),
  billID: bill.id,
  billTime: shanghaiDateTime(bill.createdAt),
  shouldPay: toPayFen(bill),
  payStatus: UNPAID,
});
