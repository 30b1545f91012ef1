export const zhStays = {} as const;
