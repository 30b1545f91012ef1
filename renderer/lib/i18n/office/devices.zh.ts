export const zhDevices = {} as const;
