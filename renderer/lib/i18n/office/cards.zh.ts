export const zhCards = {} as const;
