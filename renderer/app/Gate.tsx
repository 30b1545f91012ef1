import { lazy, Suspense } from 'react';
import { openTransport } from '../bridge.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { Loading } from '../components/Loading.tsx';
import { BoothScreen } from '../features/booth/BoothScreen.tsx';
import { Sounds } from '../features/booth/Sounds.tsx';
import { PracticeFrame } from '../features/practice/PracticeFrame.tsx';
import { PracticeOver } from '../features/practice/PracticeOver.tsx';
import { ShiftRoom } from '../features/shift/ShiftRoom.tsx';
import { SignInScreen } from '../features/sign-in/SignInScreen.tsx';
import { useRoute } from '../lib/route.ts';
import { practising } from '../lib/station/practice.ts';
import { useSession } from '../lib/station/session.ts';
import { DemoStrip } from './DemoStrip.tsx';
import { Header } from './Header.tsx';
import { LinkStrip } from './LinkStrip.tsx';

/** The office brings antd's tables along; the booth does not wait for them. */
const OfficeShell = lazy(async () => ({ default: (await import('./OfficeShell.tsx')).OfficeShell }));

const WizardScreen = lazy(async () => ({
  default: (await import('../features/wizard/WizardScreen.tsx')).WizardScreen,
}));

/** Which of the screens stands: nothing known yet, nobody signed in, or at work. */
export function Gate() {
  const { status, user, link } = useSession();
  const screen = useRoute((route) => route.screen);
  if (!status) return practising ? <PracticeOver /> : <Loading />;
  return (
    <div className="app">
      {practising && <PracticeFrame openReal={openTransport} />}
      {status.demo && <DemoStrip />}
      {user && <Header />}
      {user && <Sounds />}
      {user && <ShiftRoom />}
      {!user && link === 'lost' && <LinkStrip />}
      <main className="app-main" tabIndex={-1} data-stale={link === 'lost'}>
        {!user ? (
          practising ? (
            <PracticeOver />
          ) : (
            <SignInScreen />
          )
        ) : screen === 'booth' ? (
          <BoothScreen />
        ) : (
          <ErrorBoundary>
            <Suspense fallback={<Loading />}>{screen === 'setup' ? <WizardScreen /> : <OfficeShell />}</Suspense>
          </ErrorBoundary>
        )}
      </main>
    </div>
  );
}
