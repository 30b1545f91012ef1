export const zhVisitors = {} as const;
