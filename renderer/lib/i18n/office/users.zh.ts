export const zhUsers = {} as const;
