import type { PlatformLink } from '../../shared/contract/outbox.ts';
import { Shape, type ShapeName } from '../components/Shape.tsx';
import { useWords } from '../lib/i18n/index.ts';

const shapes: Record<PlatformLink['state'], ShapeName> = { online: 'ok', offline: 'alarm', unknown: 'unknown' };

/** One mark per platform: grey while all is well, with shape and word when it is not. */
export function PlatformLinks({ links }: { links: readonly PlatformLink[] }) {
  const { t } = useWords();
  return (
    <ul className="links">
      {links.map((link) => (
        <li key={link.platform} data-state={link.state} title={`${link.title} ${link.detail}`}>
          <Shape name={shapes[link.state]} size={16} />
          <span>
            {t(`platform.${link.platform}`)}
            {link.state !== 'online' && ` ${t(`outbox.state.${link.state}`)}`}
            {link.state === 'online' && <span className="links-ok"> {t('outbox.state.online')}</span>}
            {link.state === 'offline' && link.waiting > 0 && ` ${link.waiting}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
