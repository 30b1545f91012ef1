export const zhTariffs = {} as const;
