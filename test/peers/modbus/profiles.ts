/** What a model of relay board can do. Models differ in how a pulse is ordered, and in what they say to what they do not know. */
export interface BoardProfile {
  readonly name: string;
  readonly coils: number;
  readonly inputs: number;
  /** Function codes that it knows; anything else is exception 01. */
  readonly functions: readonly number[];
  /** A pulse of coil n: function 05 to coil address `base` + n, or 06 (10) to register `base` + n; the value counts units. */
  readonly pulse: { readonly by: 'coil' | 'register'; readonly base: number; readonly unitMs: number } | null;
  /** The exception for an address that it does not have. */
  readonly noSuchAddress: 1 | 2;
}

const COMMON = { coils: 8, inputs: 8, noSuchAddress: 2 } as const;

export const PROFILES = {
  /** Flash-on at 0200 + coil, value × 100 ms. */
  'flash-0200': {
    ...{ ...COMMON, name: 'flash-0200', functions: [0x01, 0x02, 0x05, 0x0f] },
    pulse: { by: 'coil', base: 0x0200, unitMs: 100 },
  },
  /** On and off, and nothing by itself. */
  plain: { ...COMMON, name: 'plain', functions: [0x01, 0x02, 0x05, 0x0f], pulse: null },
  /** A value written to register n is a pulse of coil n, × 100 ms. */
  'register-06': {
    ...{ ...COMMON, name: 'register-06', functions: [0x01, 0x02, 0x05, 0x06, 0x0f, 0x10] },
    pulse: { by: 'register', base: 0, unitMs: 100 },
  },
} as const satisfies Record<string, BoardProfile>;
