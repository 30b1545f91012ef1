export const zhExceptions = {} as const;
