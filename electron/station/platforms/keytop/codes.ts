import type { PaymentMethod, PaymentScene } from '../../../../shared/domain/money-flow.ts';
import type { DeviceKind } from '../../../../shared/domain/site.ts';
import { type CardType, cardTypeSchema, type Terms } from '../../../../shared/domain/terms.ts';
import type { KeytopSettings } from './config.ts';
import { KEYTOP } from './context.ts';

/**
 * The code lists of the appendices against our vocabulary, all of them here; docs/platforms/keytop.md shows people the same tables. The
 * lists of the specification are open: a code that is not listed is accepted and kept, and we write listed ones only.
 */

interface PayCode {
  /** 附录 1.2: payType of PostPayDetail. */
  readonly exit: number;
  /** 附录 1.4: payType of PostCarBillDetail. */
  readonly bill: number;
  /** payMethod of PayParkingFee and ParkingFree; null: it names none of these. */
  readonly payMethod: number | null;
  readonly zh: string;
}

/**
 * Ways money reaches us, as the appendices tell them apart. `third-`: collected by this third party, which lays these codes beside its own
 * books; what another platform collected is none of its money, and told by what the driver paid with.
 */
export const PAY_CODES = {
  cash: { exit: 0, bill: 100, payMethod: null, zh: '现金' },
  pos: { exit: 1, bill: 101, payMethod: null, zh: '银行卡（POS）' },
  card: { exit: 2, bill: 108, payMethod: null, zh: '储值卡' },
  etc: { exit: 3, bill: 103, payMethod: null, zh: 'ETC、交通卡' },
  wechat: { exit: 4, bill: 104, payMethod: null, zh: '微信（车场自收）' },
  alipay: { exit: 5, bill: 105, payMethod: null, zh: '支付宝（车场自收）' },
  // Appendix 1.2 knows no UnionPay; what is paid by it is paid from a bank card.
  unionpay: { exit: 1, bill: 106, payMethod: null, zh: '银联' },
  'third-wechat': { exit: 6, bill: 111, payMethod: 4, zh: '微信（第三方代收）' },
  'third-alipay': { exit: 7, bill: 112, payMethod: 5, zh: '支付宝（第三方代收）' },
  // Neither appendix has a code for either of these.
  'third-other': { exit: 6, bill: 111, payMethod: null, zh: '第三方代收，方式不明' },
  platform: { exit: 1, bill: 106, payMethod: null, zh: '其他平台代收，方式不明' },
} as const satisfies Record<string, PayCode>;
export type PayWay = keyof typeof PAY_CODES;

/** 预约车 of 附录 1.2: the exit of a booked car whose fee its prepayment covered. */
export const BOOKING_PREPAID = 100;
/** payType of an exit where nothing was collected; the specification has no code for it. */
const NOTHING_COLLECTED = 0;
/** payType of a row of PostCarBillDetail in which no money moved. */
const NO_MONEY = 100;

export type PaidBy = { readonly method: PaymentMethod; readonly via: string | null };

/** `via`: the platform that collected it; null when the car park did. */
export function payWayOf(method: PaymentMethod, via: string | null): PayWay {
  if (via !== KEYTOP.name) return method;
  if (method === 'wechat') return 'third-wechat';
  return method === 'alipay' ? 'third-alipay' : 'third-other';
}

type Codes = Pick<KeytopSettings, 'payCodes'>;

/** payType of PostPayDetail (附录 1.2). Null: nothing was collected at the exit. */
export function exitPayCode(paid: PaidBy | null, { payCodes }: Codes): number {
  if (paid === null) return NOTHING_COLLECTED;
  const way = payWayOf(paid.method, paid.via);
  return payCodes.exit[way] ?? PAY_CODES[way].exit;
}

/** payType of PostCarBillDetail (附录 1.4). Null: no money moved. */
export function billPayCode(paid: PaidBy | null, { payCodes }: Codes): number {
  if (paid === null) return NO_MONEY;
  const way = payWayOf(paid.method, paid.via);
  return payCodes.bill[way] ?? PAY_CODES[way].bill;
}

/** payMethod of PayParkingFee and ParkingFree → how it was paid. The list is open: any other code is a platform's own way. */
export function methodOfPayMethod(payMethod: number | undefined): PaymentMethod {
  if (payMethod === PAY_CODES['third-wechat'].payMethod) return 'wechat';
  return payMethod === PAY_CODES['third-alipay'].payMethod ? 'alipay' : 'platform';
}

/** 附录 1.1 for internal cars. */
export const CARD_TYPES = {
  vip: 1,
  monthly: 2,
  'stored-value': 3,
  hours: 4,
  owner: 5,
  counted: 6,
  guest: 7,
  staff: 8,
  coach: 9,
  'shared-space': 99,
} as const satisfies Record<CardType, number>;
export const TEMPORARY_CAR = 0;
export const BOOKED_CAR = 100;

export const codeOfCardType = (type: CardType): number => CARD_TYPES[type];

/** Undefined for 0, 100 and whatever the list does not have: none of them is a kind of card. */
export const cardTypeOfCode = (code: number): CardType | undefined =>
  cardTypeSchema.options.find((type) => CARD_TYPES[type] === code);

/** carType of a stay, by the terms it stands on. A car of the white list counts as VIP; visitors and cars that a platform lets pass are none of ours. */
export function carTypeOf({ kind, cardType }: Pick<Terms, 'kind' | 'cardType'>): number {
  if (kind === 'card' && cardType !== null) return CARD_TYPES[cardType];
  if (kind === 'booking') return BOOKED_CAR;
  return kind === 'whitelist' ? CARD_TYPES.vip : TEMPORARY_CAR;
}

/** 附录 1.3, of what there is with us. */
export const TERMINALS = {
  /** 中央交费点: at a desk, before the car stands at an exit. */
  desk: 1,
  /** 出口岗亭 */
  booth: 2,
  /** 后付费: after the car has left. */
  later: 6,
  /** 第三方对接(云): another platform collected it. */
  cloud: 14,
  /** 第三方对接(单): the third party itself did. */
  thirdParty: 15,
} as const;

/** terminalType. `atLane`: it was taken at an exit, as debts are that are collected there. */
export function terminalTypeOf(scene: PaymentScene, via: string | null, atLane = scene === 'gate'): number {
  if (via !== null) return via === KEYTOP.name ? TERMINALS.thirdParty : TERMINALS.cloud;
  if (atLane) return TERMINALS.booth;
  return scene === 'after-departure' ? TERMINALS.later : TERMINALS.desk;
}

/** 附录 1.5. */
export const DEVICE_TYPES = { station: 1, camera: 2, display: 3, barrier: 4 } as const;

/** Undefined: the appendix has no such device, and it is not told. */
export function deviceTypeOf(kind: DeviceKind): number | undefined {
  return kind === 'camera' || kind === 'display' || kind === 'barrier' ? DEVICE_TYPES[kind] : undefined;
}

/** 收费方式: 收费 · 免费 · 异常放行. */
export const PAID_TYPES = { charged: 0, free: 1, abnormal: 2 } as const;

/** paidType of a car that was let go: abnormal where a person gave one of those reasons, where nobody knew the fee, or through a held arm. */
export function paidTypeOf(
  exit: { readonly how: string; readonly reason: string | null; readonly feeUnknown: boolean },
  { abnormalReasons }: Pick<KeytopSettings, 'abnormalReasons'>,
): number {
  const abnormal =
    exit.feeUnknown || exit.how === 'held-open' || (exit.reason !== null && abnormalReasons.includes(exit.reason));
  return abnormal ? PAID_TYPES.abnormal : PAID_TYPES.free;
}
