export const zhRefunds = {} as const;
