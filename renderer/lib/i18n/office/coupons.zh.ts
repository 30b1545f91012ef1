export const zhCoupons = {} as const;
