import type { Translate } from '../../lib/i18n/index.ts';

const MOST_BYTES = 20 * 1024 * 1024;

/** Why a file need not even be sent; null when it may. */
export function fileFault(file: Pick<File, 'name' | 'size'>, t: Translate): string | null {
  if (!/\.(xlsx|csv)$/i.test(file.name)) return t('imports.badType');
  if (file.size === 0) return t('imports.emptyFile');
  return file.size > MOST_BYTES ? t('imports.tooLarge') : null;
}
