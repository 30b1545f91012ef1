export const zhBookings = {} as const;
