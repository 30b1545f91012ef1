import type { Translate } from '../lib/i18n/index.ts';

/** What is wrong with a period that a form asks for. */
export function spanFaults(
  from: string | null,
  to: string | null,
  t: Translate,
): { readonly from?: string; readonly to?: string } {
  if (from === null) return { from: t('registry.needTime') };
  if (to === null) return { to: t('registry.needTime') };
  return to < from ? { to: t('registry.badSpan') } : {};
}
