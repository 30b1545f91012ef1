export const zhPractice = {} as const;
