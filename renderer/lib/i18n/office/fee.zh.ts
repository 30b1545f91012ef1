export const zhFee = {} as const;
