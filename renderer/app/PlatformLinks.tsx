import type { PlatformLink } from '../../shared/contract/outbox.ts';
import { Shape, type ShapeName } from '../components/Shape.tsx';
import { useWords } from '../lib/i18n/index.ts';
import { platformName } from '../lib/platform-name.ts';
import { useSession } from '../lib/station/session.ts';

const shapes: Record<PlatformLink['state'], ShapeName> = { online: 'ok', offline: 'alarm', unknown: 'unknown' };
const states = ['offline', 'unknown', 'online'] as const;
/** So many of one state stand by name; more of them are counted, so that the line never outgrows the header. */
const MOST = { offline: 2, unknown: 1, online: 1 } as const;

/** What is wrong comes first, with shape and word; what is well is one grey mark, however many platforms there are. */
export function PlatformLinks(props: { links: readonly PlatformLink[] }) {
  const { t } = useWords();
  // What the station said before it went is not how things are.
  const known = useSession(({ link }) => link === 'online');
  const links = known ? props.links : props.links.map((link) => ({ ...link, state: 'unknown' as const }));
  return (
    <ul className="links" data-known={known}>
      {states.flatMap((state) => {
        const those = links.filter((link) => link.state === state);
        const word = t(`outbox.state.${state}`);
        if (those.length > MOST[state])
          return (
            <li key={state} data-state={state} title={those.map(({ title }) => title).join('\n')}>
              <Shape name={shapes[state]} size={16} />
              <span>{t('app.platforms', { n: those.length, state: word })}</span>
            </li>
          );
        return those.map((link) => (
          <li key={link.platform} data-state={state} title={`${link.title} ${link.detail}`}>
            <Shape name={shapes[state]} size={16} />
            <span>
              {platformName(link.platform, t)}
              <span className={state === 'online' ? 'links-ok' : undefined}> {word}</span>
              {state === 'offline' && link.waiting > 0 && ` ${link.waiting}`}
            </span>
          </li>
        ));
      })}
    </ul>
  );
}
