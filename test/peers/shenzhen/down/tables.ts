/** How a value of a down table is written. */
export type Kind = 'String' | 'Int' | 'Instant' | 'Date' | 'Decimal' | 'Boolean' | 'List' | 'Colour' | 'Plate';

export interface DownField {
  readonly name: string;
  readonly kind: Kind;
  readonly required: boolean;
}

/** How a value of an answer is written. */
export interface ReplyField {
  readonly name: string;
  readonly kind: 'text' | 'fen' | 'int' | 'instant' | 'boolean' | 'list' | 'equipmentState' | 'gateState';
  readonly max: number;
}

export type DownName =
  | 'onlinePay'
  | 'orderPush'
  | 'feeQuery'
  | 'gateStatus'
  | 'prepaidOrderChange'
  | 'parkConfig'
  | 'blackWhiteDown'
  | 'freeTimeDown'
  | 'monthCard'
  | 'recordUploadNotice';

interface DownTable {
  readonly fields: readonly DownField[];
  readonly reply: readonly ReplyField[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  ...{
    '#': 'Int',
    '@': 'Instant',
    '^': 'Date',
    $: 'Decimal',
    '?': 'Boolean',
    '[': 'List',
    '%': 'Colour',
    '~': 'Plate',
  },
};

/** Rows in short: `!` is required, then the sign of the kind; texts have none. */
function rows(words: string): DownField[] {
  return `accessKey! timestamp!@ ${words}`.split(' ').map((word) => {
    const [, name = '', required = '', sign = ''] = /^(\w+)(!?)(\W?)$/.exec(word) ?? [];
    return { name, required: required !== '', kind: KINDS[sign] ?? 'String' };
  });
}

const reply = (name: string, kind: ReplyField['kind'] = 'text', max = 36): ReplyField => ({ name, kind, max });
const fenOf = (name: string): ReplyField => reply(name, 'fen', 10);

export const DOWN: Readonly<Record<DownName, DownTable>> = {
  onlinePay: { fields: rows('orderNum! recordCode! payStatus!#'), reply: [reply('recordCode')] },
  orderPush: {
    fields: rows(
      'entryTime!^ predictExitTime!^ orderMoney!$ plateNumber!~ parkId! orderCode! carColor!% recordCode! cashier terminalCode phoneNumber payType!# channelCode realPayMoney!$ parkCode!',
    ),
    reply: [reply('orderCode')],
  },
  feeQuery: {
    fields: rows('recordCode! parkId! couponList['),
    reply: [
      ...[reply('recordCode'), reply('plateNumber', 'text', 20), reply('entryTime', 'instant')],
      ...[reply('queryTime', 'instant'), fenOf('shouldPay'), fenOf('agioMoney'), fenOf('paidMoney'), fenOf('needPay')],
      ...[reply('freeLeaveMinutes', 'int'), reply('usedCoupons', 'list')],
    ],
  },
  gateStatus: {
    fields: rows('parkId! barCode!'),
    reply: [reply('barCode'), reply('state', 'equipmentState'), reply('gateState', 'gateState')],
  },
  prepaidOrderChange: { fields: rows('orderList![ operateNum!'), reply: [reply('results', 'list')] },
  parkConfig: {
    fields: rows(
      'fixedcarAllowInNotNull? reverseTempCar? carNoMemory? noFreeMinites? isInFieldEnable? enableQRScan? chargeBoxLimit? carOutQuick? enableParkingCard# checkCharge? carNoColorCompareEnable? exitPwdEnable? isNoPlateCheck? chargeMsgBoxTime# chargeOverTimeAutoOpen# messageBoxTime# selfServiceFreeMin# manualMinutes# allOfParkingSpace# monthlyRemainNum# guestRemainNum# diffParkingSpace# isReviseCarNum? reviseDays# plateMatchNum# ignoreTheDecimals noCarNumChargeSet# chargeWithOutOrInfield# parkingOvertimeAlarm# alarmEnable? alarmByDay# alarmByOverdueDay# alarmByMoney$ alarmGateWayEnable? alarmGateType# chargeWinKey aliScanWinKey',
    ),
    reply: [reply('applied', 'list'), reply('ignored', 'list')],
  },
  blackWhiteDown: {
    fields: rows(
      'plateNumber!~ color!% blacklistType!# operatorName endDate^ remarks operateType!# startDate^ operatorTime^ carOwnerName dialogFlag# outInType#',
    ),
    reply: [reply('plateNumber', 'text', 20)],
  },
  freeTimeDown: {
    fields: rows('recordCode! plateNumber!~ plateColor!% parkId! freeHour!'),
    reply: [reply('recordCode'), fenOf('shouldPay')],
  },
  monthCard: {
    fields: rows(
      'msRecordId! plateNumber!~ carColor!% amount!$ beginTime!^ endTime!^ operatorName operatorTime^ carOwnerName ownerPhone carGroupId parkspacesNo company description carTypeName status!#',
    ),
    reply: [reply('msRecordId')],
  },
  recordUploadNotice: { fields: rows('recordCode!'), reply: [reply('recordCode'), reply('found', 'boolean')] },
};

const NAMES: readonly string[] = Object.keys(DOWN);
export const isDownName = (name: string): name is DownName => NAMES.includes(name);
