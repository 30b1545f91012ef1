import { Clock } from '../components/Clock.tsx';
import { useWords } from '../lib/i18n/index.ts';
import { useLive } from '../lib/station/live.ts';
import { useSession } from '../lib/station/session.ts';
import { HeaderMenu } from './HeaderMenu.tsx';
import { PlatformLinks } from './PlatformLinks.tsx';
import { showView, useView, type View } from './view.ts';
import './Header.css';

const views: readonly View[] = ['booth', 'outbox'];

export function Header() {
  const { t } = useWords();
  const view = useView((state) => state.view);
  const user = useSession((state) => state.user);
  const status = useSession((state) => state.status);
  const siteName = useLive((state) => state.frame?.siteName) ?? status?.siteName ?? '';
  const links = useLive((state) => state.frame?.links);
  const refused = (links ?? []).reduce((sum, link) => sum + link.refused, 0);
  return (
    <header className="header">
      <h1 className="header-site">{siteName}</h1>
      <nav className="header-nav" aria-label={t('app.name')}>
        {views.map((each) => (
          <button
            key={each}
            type="button"
            aria-current={view === each ? 'page' : undefined}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => showView(each)}
          >
            {t(`app.${each}`)}
            {each === 'outbox' && refused > 0 && (
              <span className="header-count">
                <span className="visually-hidden">{t('outbox.refused')}</span>
                {refused}
              </span>
            )}
          </button>
        ))}
      </nav>
      <PlatformLinks links={links ?? []} />
      <Clock />
      {user && (
        <div className="header-user">
          <strong>{user.name}</strong>
          <span>{t(`app.role.${user.role}`)}</span>
        </div>
      )}
      <HeaderMenu />
    </header>
  );
}
