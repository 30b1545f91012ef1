import type { TariffVersionView } from '../../../shared/contract/tariff-views.ts';
import type { Translate } from '../../lib/i18n/index.ts';

/** Whoever published a version; what came with the configuration was published by nobody. */
export function publisherOf({ source, publishedBy }: TariffVersionView, t: Translate): string {
  if (source === 'provision') return t('tariffs.list.provision');
  return publishedBy === 'station' ? t('exceptions.acts.system') : publishedBy;
}

/** `t1@2` → 标准 第 2 版; one that is not known keeps its key. */
export function versionWords(key: string, versions: readonly TariffVersionView[], t: Translate): string {
  const found = versions.find(({ tariff }) => `${tariff.id}@${tariff.version ?? 1}` === key);
  return found ? `${found.tariff.name} ${t('tariffs.list.versionNth', { n: found.tariff.version ?? 1 })}` : key;
}
