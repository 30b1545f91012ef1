/** In our journal: the bank, for whatever is done because it asked for it. */
export const BANK = Object.freeze({ kind: 'platform', name: 'cmb' } as const);
