import { Clock } from '../../components/Clock.tsx';
import { HeaderMenu } from '../../components/HeaderMenu.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useSession } from '../../lib/station/session.ts';
import { SetUpForm } from './SetUpForm.tsx';
import { SignInForm } from './SignInForm.tsx';
import './sign-in.css';

/** Before anybody is signed in: who runs here, what time the station has, and the one form that is needed. */
export function SignInScreen() {
  const { t } = useWords();
  const status = useSession((state) => state.status);
  if (!status) return null;
  return (
    <div className="sign-in">
      <div className="sign-in-top">
        <Clock />
        <HeaderMenu />
      </div>
      <section className="sign-in-card">
        <header>
          <p className="sign-in-product">Gatehouse {t('app.name') === 'Gatehouse' ? '岗亭' : t('app.name')}</p>
          <h1>{status.siteName}</h1>
        </header>
        {status.state === 'needs-setup' ? <SetUpForm /> : <SignInForm demo={status.demo} />}
      </section>
      <p className="sign-in-version">{t('signIn.version', { version: status.version })}</p>
    </div>
  );
}
