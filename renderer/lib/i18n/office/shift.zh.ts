export const zhShift = {} as const;
