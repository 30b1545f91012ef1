export const zhLists = {} as const;
