import type { z } from 'zod';
import { maybe, maybeCode, maybeFlag, maybeWhole, maybeYuan, text } from './down-fields.ts';

const count = () => maybeWhole(0, 1_000_000);
const texts = (...values: readonly string[]) =>
  maybe(text(8).refine((value) => values.includes(value), `应为 ${values.join('、')} 之一`));

/** All parameters of a car park (6.3.17), with their types; missing and empty ones are not to be changed. */
export const parameterFields = {
  fixedcarAllowInNotNull: maybeFlag(),
  reverseTempCar: maybeFlag(),
  carNoMemory: maybeFlag(),
  noFreeMinites: maybeFlag(),
  isInFieldEnable: maybeFlag(),
  enableQRScan: maybeFlag(),
  chargeBoxLimit: maybeFlag(),
  carOutQuick: maybeFlag(),
  enableParkingCard: maybeCode(0, 1, 2),
  checkCharge: maybeFlag(),
  carNoColorCompareEnable: maybeFlag(),
  exitPwdEnable: maybeFlag(),
  isNoPlateCheck: maybeFlag(),
  chargeMsgBoxTime: count(),
  chargeOverTimeAutoOpen: maybeCode(0, 1),
  messageBoxTime: count(),
  selfServiceFreeMin: count(),
  manualMinutes: count(),
  allOfParkingSpace: count(),
  monthlyRemainNum: count(),
  guestRemainNum: count(),
  diffParkingSpace: maybeWhole(-1_000_000, 1_000_000),
  isReviseCarNum: maybeFlag(),
  reviseDays: count(),
  plateMatchNum: count(),
  ignoreTheDecimals: texts('0', '0.5', '+0.5', '1'),
  noCarNumChargeSet: maybeCode(0, 1, 2),
  chargeWithOutOrInfield: maybeCode(1, 2),
  parkingOvertimeAlarm: count(),
  alarmEnable: maybeFlag(),
  alarmByDay: count(),
  alarmByOverdueDay: count(),
  alarmByMoney: maybeYuan(),
  alarmGateWayEnable: maybeFlag(),
  alarmGateType: maybeCode(0, 1, 2),
  chargeWinKey: maybe(text(64)),
  aliScanWinKey: maybe(text(64)),
};

export type ParameterValues = z.output<z.ZodObject<typeof parameterFields>>;
