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
import { practising } from '../lib/station/practice.ts';
import { useSession } from '../lib/station/session.ts';
import { DemoStrip } from './DemoStrip.tsx';
import { Header } from './Header.tsx';
import { LinkStrip } from './LinkStrip.tsx';
import { useView } from './places.ts';

/** The office brings antd's tables along; the booth does not wait for them. */
const OfficeShell = lazy(async () => ({ default: (await import('./OfficeShell.tsx')).OfficeShell }));

/** The street comes where there is one. */
const KerbScreen = lazy(async () => ({ default: (await import('../features/kerb/KerbScreen.tsx')).KerbScreen }));

const WizardScreen = lazy(async () => ({
  default: (await import('../features/wizard/WizardScreen.tsx')).WizardScreen,
}));

/** Which of the screens stands: nothing known yet, nobody signed in, or at work. */
export function Gate() {
  const { status, user, link } = useSession();
  const view = useView();
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
        ) : view === 'lanes' ? (
          <BoothScreen />
        ) : (
          <ErrorBoundary>
            <Suspense fallback={<Loading />}>
              {view === 'kerb' ? <KerbScreen /> : view === 'setup' ? <WizardScreen /> : <OfficeShell />}
            </Suspense>
          </ErrorBoundary>
        )}
      </main>
    </div>
  );
}
