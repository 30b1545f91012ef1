import type { PlatformLink } from '../../../shared/contract/outbox.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { LinkCard } from './LinkCard.tsx';

export function LinkCards({ links }: { links: readonly PlatformLink[] }) {
  const { t } = useWords();
  if (links.length === 0)
    return (
      <div className="link-cards-empty">
        <strong>{t('outbox.noLinks')}</strong>
        <span>{t('outbox.noLinksText')}</span>
      </div>
    );
  return (
    <ul className="link-cards">
      {links.map((link) => (
        <LinkCard key={link.platform} link={link} />
      ))}
    </ul>
  );
}
