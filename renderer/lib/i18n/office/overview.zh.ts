export const zhOverview = {} as const;
