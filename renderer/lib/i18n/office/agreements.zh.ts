export const zhAgreements = {} as const;
