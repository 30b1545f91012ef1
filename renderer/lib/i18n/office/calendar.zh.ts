export const zhCalendar = {} as const;
