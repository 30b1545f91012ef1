import type { Translate } from './i18n/index.ts';

const names = ['cmb', 'cmb-qr', 'qingdao', 'keytop', 'keytop-qr', 'keytop-scan'] as const;

/** What a way to be paid is called; as the station names it where this version has no word. */
export function channelName({ id, title }: { readonly id: string; readonly title: string }, t: Translate): string {
  const known = names.find((each) => each === id);
  return known ? t(`channel.${known}`) : title;
}
