/** The code lists, each named after where it is used: equal names mean different things in this protocol. */
export const CODES = {
  /** 附录1.1 */
  carType: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '100', '99'],
  /** 附录1.1 without what is no card. */
  cardCarType: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '99'],
  /** 附录1.2, 上行2.3 */
  exitPayType: ['0', '1', '2', '3', '4', '5', '6', '7', '100'],
  /** 附录1.3; there is no 12. */
  terminalType: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '13', '14', '15'],
  /** 附录1.4, 上行2.7 */
  billPayType: Array.from({ length: 16 }, (_, n) => String(100 + n)),
  /** 附录1.5, 上行1.3 and 1.4 */
  deviceType: ['1', '2', '3', '4'],
  areaType: ['0', '1', '2'],
  vplType: ['1', '2'],
  vplColor: ['0', '1', '2', '3', '4'],
  paidType: ['0', '1', '2'],
  zeroOne: ['0', '1'],
  rechargeType: ['0', '1', '2', '3', '4'],
} as const satisfies Record<string, readonly string[]>;

export type CodeList = keyof typeof CODES;

export const NO_PLATE = '无牌车';

/** A wallet in the four lists that name one. */
export const WALLETS = {
  wechat: { offered: 6, payMethod: 4, exitPayType: 6, billPayType: 111, chargeType: '0' },
  alipay: { offered: 7, payMethod: 5, exitPayType: 7, billPayType: 112, chargeType: '1' },
} as const;

export type WalletKind = keyof typeof WALLETS;

/** Bills of these are the third party's money. */
export const OUR_BILL_TYPES: readonly number[] = [111, 112];

/** 第三方对接(单): what PayParkingFee pays at. */
export const OUR_TERMINAL = 15;

/** Every means in 附录1.4 with its number in 附录1.2, where both have it. */
export const EXIT_OF_BILL: Readonly<Record<number, number>> = {
  100: 0,
  101: 1,
  108: 2,
  103: 3,
  104: 4,
  105: 5,
  111: 6,
  112: 7,
};
