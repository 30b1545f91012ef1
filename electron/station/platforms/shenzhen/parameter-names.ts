/** Parameters of a car park (6.3.17) that there is a setting of ours for. */
export const MAPPED_PARAMETERS = [
  'fixedcarAllowInNotNull',
  'reverseTempCar',
  'carOutQuick',
  'isNoPlateCheck',
  'selfServiceFreeMin',
  'diffParkingSpace',
  'parkingOvertimeAlarm',
  // Before alarmEnable, which has the last word on the reminder.
  'alarmByDay',
  'alarmEnable',
] as const;
export type MappedParameter = (typeof MAPPED_PARAMETERS)[number];

/** Those that nothing here corresponds to; docs/platforms/shenzhen.md says of each why. */
export const UNMAPPED_PARAMETERS = [
  'carNoMemory',
  'noFreeMinites',
  'isInFieldEnable',
  'enableQRScan',
  'chargeBoxLimit',
  'enableParkingCard',
  'checkCharge',
  'carNoColorCompareEnable',
  'exitPwdEnable',
  'chargeMsgBoxTime',
  'chargeOverTimeAutoOpen',
  'messageBoxTime',
  'manualMinutes',
  'allOfParkingSpace',
  'monthlyRemainNum',
  'guestRemainNum',
  'isReviseCarNum',
  'reviseDays',
  'plateMatchNum',
  'ignoreTheDecimals',
  'noCarNumChargeSet',
  'chargeWithOutOrInfield',
  'alarmByOverdueDay',
  'alarmByMoney',
  'alarmGateWayEnable',
  'alarmGateType',
  'chargeWinKey',
  'aliScanWinKey',
] as const;
