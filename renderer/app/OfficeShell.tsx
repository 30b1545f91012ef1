import { App } from 'antd';
import { Suspense } from 'react';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { Loading } from '../components/Loading.tsx';
import { useWords } from '../lib/i18n/index.ts';
import { href, useRoute } from '../lib/route.ts';
import { useLive } from '../lib/station/live.ts';
import { may, useSession } from '../lib/station/session.ts';
import { Empty } from '../office/States.tsx';
import { groups, screens } from './screens.ts';
import './office-shell.css';

/** The office: its menu at the left, the screen of the moment beside it. */
export function OfficeShell() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const screen = useRoute((route) => route.screen);
  const kerb = useLive(({ frame }) => frame !== null && (frame.siteKind === 'kerbside' || frame.berths > 0));
  const open = screens.filter((entry) => may(user, entry.right) && (kerb || !entry.atKerb || entry.id === screen));
  const entry = screens.find(({ id }) => id === screen);
  return (
    <App className="office">
      <nav className="office-nav" aria-label={t('nav.label')}>
        {groups.map((group) => {
          const within = open.filter((each) => each.group === group);
          return within.length === 0 ? null : (
            <div key={group}>
              <h3>{t(`nav.group.${group}`)}</h3>
              <ul>
                {within.map(({ id }) => (
                  <li key={id}>
                    <a href={href(id)} aria-current={id === screen ? 'page' : undefined}>
                      {t(`nav.${id}`)}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </nav>
      <div className="office-screen" tabIndex={-1}>
        {!entry ? (
          <Empty title={t('nav.unknown')} text={t('nav.unknownText')} />
        ) : !may(user, entry.right) ? (
          <Empty title={t('nav.forbidden')} text={t('nav.forbiddenText')} />
        ) : (
          <ErrorBoundary key={entry.id}>
            <Suspense fallback={<Loading />}>
              <entry.Screen />
            </Suspense>
          </ErrorBoundary>
        )}
      </div>
    </App>
  );
}
