export const zhDebts = {} as const;
