import { Clock } from '../components/Clock.tsx';
import { HeaderMenu } from '../components/HeaderMenu.tsx';
import { PracticeEntry } from '../features/practice/PracticeEntry.tsx';
import { ShiftLine } from '../features/shift/ShiftLine.tsx';
import { useWords } from '../lib/i18n/index.ts';
import { go, type Place, useRoute } from '../lib/route.ts';
import { useLive } from '../lib/station/live.ts';
import { practising } from '../lib/station/practice.ts';
import { may, useSession } from '../lib/station/session.ts';
import { BoothButtons } from './BoothButtons.tsx';
import { LinkStrip } from './LinkStrip.tsx';
import { PlatformLinks } from './PlatformLinks.tsx';
import { isBooth, useView } from './places.ts';
import { SkipLink } from './SkipLink.tsx';
import { SWITCH_KEY, useSwitchKey } from './use-switch-key.ts';
import './Header.css';

/** Where the office was left: going back to it goes on there. */
let lastOffice: { readonly screen: string; readonly place: Place } | null = null;

useRoute.subscribe((route) => {
  if (!isBooth(route.screen)) lastOffice = { screen: route.screen, place: route };
});

function toggle(): void {
  const { screen } = useRoute.getState();
  if (isBooth(screen)) toOffice();
  else go('booth');
}

function toOffice(): void {
  const overview = may(useSession.getState().user, 'report.read');
  go(lastOffice?.screen ?? (overview ? 'overview' : 'stays'), lastOffice?.place ?? {});
}

export function Header() {
  const { t } = useWords();
  const view = useView();
  const inBooth = view === 'lanes' || view === 'kerb';
  useSwitchKey(SWITCH_KEY, toggle);
  const user = useSession((state) => state.user);
  const manager = may(user, 'report.read');
  const status = useSession((state) => state.status);
  const lost = useSession((state) => state.link === 'lost');
  const siteName = useLive((state) => state.frame?.siteName) ?? status?.siteName ?? '';
  const links = useLive((state) => state.frame?.links);
  const refused = (links ?? []).reduce((sum, link) => sum + link.refused, 0);
  return (
    <header className="header">
      {!inBooth && <SkipLink />}
      <h1 className="header-site" title={siteName}>
        {siteName}
      </h1>
      <nav className="header-nav" aria-label={t('app.name')}>
        <BoothButtons />
        <button
          type="button"
          aria-current={inBooth ? undefined : 'page'}
          onMouseDown={(event) => event.preventDefault()}
          title={t('app.switchKey', { key: SWITCH_KEY })}
          aria-keyshortcuts={SWITCH_KEY}
          onClick={toOffice}
        >
          {t(manager ? 'nav.office' : 'nav.look')}
          {refused > 0 && (
            <span className="header-count">
              <span className="visually-hidden">{t('outbox.refused')}</span>
              {refused}
            </span>
          )}
        </button>
      </nav>
      <div className="header-state">
        <PlatformLinks links={links ?? []} />
        <Clock />
        {inBooth && user && <ShiftLine />}
        {user && (
          <div className="header-user">
            <strong>{user.displayName || user.name}</strong>
            <span>{user.post?.name ?? t(`app.role.${user.role}`)}</span>
          </div>
        )}
        {lost && <LinkStrip />}
      </div>
      <HeaderMenu>{user && !practising && <PracticeEntry />}</HeaderMenu>
    </header>
  );
}
