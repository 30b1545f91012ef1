export const zhReports = {} as const;
