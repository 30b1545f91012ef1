export const zhShifts = {} as const;
