import type { TariffForm } from './form.ts';

/** What was typed into a draft and not saved, while the window is open: whoever looks at another screen finds it again. */
const kept = new Map<string, { readonly form: TariffForm; readonly revision: number }>();

export const keepUnsaved = (draftId: string, form: TariffForm, revision: number): void => {
  kept.set(draftId, { form, revision });
};
export const forgetUnsaved = (draftId: string): void => {
  kept.delete(draftId);
};
export const unsavedOf = (draftId: string): { readonly form: TariffForm; readonly revision: number } | undefined =>
  kept.get(draftId);
