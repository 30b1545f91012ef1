/** English sentences for the reasons of a CONFLICT; the Chinese ones come from the station. */
export const reasonsEn: Readonly<Record<string, string>> = {};
