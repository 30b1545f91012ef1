const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** The code lists of the document. */
export const CODES = {
  /** 5.4. 25 to 46, 60 and 68 to 98 are not defined. */
  pay_type: [...range(0, 24), ...range(47, 59), ...range(61, 67), 99],
  car_type: [1, 2, 65_534],
  power_type: [1, 2, 3],
  color: [0, 1, 2, 3, 4],
  auth_type: [0, 99],
  model: range(0, 11),
  in_out_flag: [1, 2],
  calcStatus: range(0, 5),
  novplnStatus: [0, 1, 2],
} as const satisfies Record<string, readonly number[]>;

export type CodeList = keyof typeof CODES;

/** 招行支付. */
export const CMB_PAYMENT = 99;

/** What a request is answered that is no request, and what the car park answers such a push. */
export const REFUSALS = { malformed: 400, forged: 401, elsewhere: 404, broken: 500 } as const;
