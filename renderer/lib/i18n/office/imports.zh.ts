export const zhImports = {} as const;
