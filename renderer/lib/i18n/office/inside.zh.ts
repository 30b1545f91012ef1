export const zhInside = {} as const;
