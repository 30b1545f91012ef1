export const zhBooth = {} as const;
