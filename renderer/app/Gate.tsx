import { lazy, Suspense } from 'react';
import { BoothScreen } from '../features/booth/BoothScreen.tsx';
import { Sounds } from '../features/booth/Sounds.tsx';
import { SignInScreen } from '../features/sign-in/SignInScreen.tsx';
import { useSession } from '../lib/station/session.ts';
import { DemoStrip } from './DemoStrip.tsx';
import { Header } from './Header.tsx';
import { LinkStrip } from './LinkStrip.tsx';
import { Loading } from './Loading.tsx';
import { useView } from './view.ts';

/** The office part brings antd's tables along; the booth does not wait for them. */
const OutboxScreen = lazy(async () => ({
  default: (await import('../features/outbox/OutboxScreen.tsx')).OutboxScreen,
}));

/** Which of the screens stands: nothing known yet, nobody signed in, or at work. */
export function Gate() {
  const { status, user, link } = useSession();
  const view = useView((state) => state.view);
  if (!status) return <Loading />;
  return (
    <div className="app">
      {status.demo && <DemoStrip />}
      {user && <Header />}
      {user && <Sounds />}
      {link === 'lost' && <LinkStrip />}
      <main className="app-main" data-stale={link === 'lost'}>
        {!user ? (
          <SignInScreen />
        ) : view === 'booth' ? (
          <BoothScreen />
        ) : (
          <Suspense fallback={<Loading />}>
            <OutboxScreen />
          </Suspense>
        )}
      </main>
    </div>
  );
}
