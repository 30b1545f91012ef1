export const zhSettings = {} as const;
