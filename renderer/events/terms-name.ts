import type { Terms } from '../../shared/domain/terms.ts';
import type { Translate } from '../lib/i18n/index.ts';

/** 月租车, 临时车（卡过期）…: on what terms a car stands here, as staff say it. */
export function termsName({ kind, cardType, fallback }: Terms, t: Translate): string {
  const name = kind === 'card' && cardType !== null ? t(`card.${cardType}`) : t(`terms.${kind}`);
  return fallback === null ? name : t('terms.fallback', { terms: name, why: t(`terms.why.${fallback}`) });
}
