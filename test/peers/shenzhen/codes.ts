/** The code lists of the document; `gateState` and `replyCode` are agreed beside it. */
export const CODES = {
  plateColor: ['0', '1', '2', '3', '4', '5'],
  carType: ['0', '1', '2'],
  positionType: ['0', '1', '2'],
  berthState: ['0', '1'],
  equipmentState: ['0', '1'],
  equipmentType: ['1000', '2000', '3000', '4000', '5000'],
  entranceType: ['1', '2', '3'],
  strategyType: ['1', '2', '3', '4', '5'],
  parkType: ['0', '1', '2', '3'],
  free: ['0', '1'],
  rsType: ['0', '1', '2', '3', '4', '5', '6'],
  innerPayable: ['1', '2'],
  payMode: ['0', '1', '2'],
  scope: ['1', '2', '3'],
  gateState: ['0', '1', '2', '3', '9'],
  replyCode: ['0', '1', '400', '401', '404', '405', '408', '500'],
} as const satisfies Record<string, readonly string[]>;

export type CodeList = keyof typeof CODES;

/** 封闭. */
export const CLOSED_PARK = '1';
/** Places of a device's state. */
export const ABNORMAL = '0';

/** Colour words in use beside the digits, by digit. */
export const COLOUR_WORDS = {
  short: ['蓝', '黄', '绿', '黄绿', '黑', '白'],
  long: ['蓝色', '黄色', '绿色', '黄绿色', '黑色', '白色'],
  english: ['blue', 'yellow', 'green', 'yellow-green', 'black', 'white'],
} as const;

export type ColourWords = keyof typeof COLOUR_WORDS;
