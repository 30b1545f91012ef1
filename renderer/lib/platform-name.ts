import type { Translate } from './i18n/index.ts';

/** The short name of a platform; its id where this version has none. */
export function platformName(id: string, t: Translate): string {
  const known = (['qingdao', 'shenzhen', 'keytop', 'vanke', 'cmb'] as const).find((each) => each === id);
  return known ? t(`platform.${known}`) : id;
}
