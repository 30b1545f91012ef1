export const zhWizard = {} as const;
