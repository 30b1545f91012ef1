import { safe } from '@orpc/client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Clock } from '../../components/Clock.tsx';
import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { readBelow, writeBelow } from '../../lib/station/below.ts';
import { station } from '../../lib/station/client.ts';
import { beginSession } from '../../lib/station/connection.ts';
import { signOut } from '../../lib/station/leave.ts';
import { type User, useSession } from '../../lib/station/session.ts';
import { readToken } from '../../lib/station/token.ts';
import { problemText } from '../../office/problem-text.ts';
import { askStanding } from './booth-shift.ts';
import { Field } from './Field.tsx';
import { keepInside } from './ShiftFrame.tsx';
import { openShiftDialog, refreshShifts } from './store.ts';
import { useScanShield } from './use-scan-shield.ts';

/**
 * 锁屏. The lanes stay in sight and go on by themselves; nothing else can be done here until the same person unlocks, or
 * somebody signs in on top. The station holds the lock: this is only what it looks like.
 */
export function LockScreen({ user }: { user: User }) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const scans = useScanShield();
  const [relief, setRelief] = useState(false);
  const online = useSession((state) => state.link === 'online');
  useCurtain(box);
  const name = user.displayName || user.name;
  const mayRelieve = readBelow() === null;
  return createPortal(
    <div
      ref={box}
      className="lock"
      role="dialog"
      aria-modal="true"
      aria-label={t('shift.lock.title')}
      tabIndex={-1}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Tab') keepInside(event, box.current);
        else if (event.key === 'Escape') setRelief(false);
        else if (event.key === 'F2' && mayRelieve) {
          event.preventDefault();
          setRelief(true);
        }
      }}
    >
      <div className="lock-card">
        <div className="lock-head">
          <h2>{t(relief ? 'shift.lock.reliefTitle' : 'shift.lock.title')}</h2>
          <Clock />
        </div>
        <p className="shift-text">{t(relief ? 'shift.lock.reliefText' : 'shift.lock.text', { name })}</p>
        {!online && (
          <p className="shift-problem" role="alert">
            {t('shift.lock.offline')}
          </p>
        )}
        {/* A code that was scanned went into the field in front: both begin anew, and nothing of it is sent. */}
        {relief ? <ReliefForm key={scans} beneath={user.name} /> : <UnlockForm key={scans} user={user} />}
        {scans > 0 && (
          <p className="shift-text" role="status">
            {t('shift.lock.scanned')}
          </p>
        )}
        <footer>
          {relief ? (
            <KeyButton keyHint="Esc" onPress={() => setRelief(false)}>
              {t('shift.back')}
            </KeyButton>
          ) : (
            <>
              <KeyButton tone="quiet" onPress={() => void signOut()}>
                {t('shift.lock.signOut', { name })}
              </KeyButton>
              {mayRelieve && (
                <KeyButton keyHint="F2" onPress={() => setRelief(true)}>
                  {t('shift.lock.relief')}
                </KeyButton>
              )}
            </>
          )}
        </footer>
      </div>
    </div>,
    document.body,
  );
}

/** Keeps hands and keys off what lies behind, without hiding it. */
function useCurtain(box: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const root = document.getElementById('root');
    if (root) root.inert = true;
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof Node && box.current?.contains(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      box.current?.querySelector('input')?.focus();
    };
    window.addEventListener('keydown', onKey, true);
    return () => {
      if (root) root.inert = false;
      window.removeEventListener('keydown', onKey, true);
    };
  }, [box]);
}

/** A form of the lock: busy while it asks, the refusal in words, and the password typed anew after it. */
function useLockForm(submit: () => Promise<unknown>) {
  const { t, language } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = await safe(Promise.resolve().then(submit));
    setBusy(false);
    setProblem(answer.isSuccess ? null : problemText(answer.error, t, language));
  };
  return { busy, problem, onSubmit: (event: FormEvent) => void onSubmit(event) };
}

function UnlockForm({ user }: { user: User }) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const form = useLockForm(async () => {
    const typed = password;
    setPassword('');
    const present = await station().auth.unlock({ password: typed });
    useSession.setState({ user: present });
    await takeUpDrawer(present.name, typed);
  });
  return (
    <form onSubmit={form.onSubmit}>
      <Field
        first
        password
        label={t('shift.lock.password', { name: user.displayName || user.name })}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Refused text={form.problem} />
      <Submit busy={form.busy || password === ''} text={t('shift.lock.unlock')} />
    </form>
  );
}

/** Back from a break in which somebody stood in: the drawer that rested is taken up again with the same password. */
async function takeUpDrawer(name: string, password: string): Promise<void> {
  const found = await safe(askStanding(name));
  const own = found.isSuccess && !found.data.relieved ? found.data.own : null;
  if (own?.state === 'break') await safe(station().shifts.resume({ id: own.id, password }));
  // Whoever stood in has left a drawer behind: nobody opens a shift here until somebody took it over.
  const waiting = found.isSuccess ? found.data.waiting : null;
  if (waiting?.kind === 'relief' && waiting.cashier !== name) openShiftDialog('takeOver');
  refreshShifts();
}

function ReliefForm({ beneath }: { beneath: string }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const form = useLockForm(async () => {
    const typed = password;
    setPassword('');
    const token = readToken();
    const signedIn = await station().auth.signIn({ name: name.trim(), password: typed });
    if (signedIn.user.name !== beneath) writeBelow(token);
    // Asked before the picture of the one beneath goes: it knows which booth this is.
    const found = await safe(askStanding(signedIn.user.name));
    beginSession(signedIn);
    if (found.isSuccess && found.data.others && found.data.own === null) openShiftDialog('relief');
    refreshShifts();
  });
  return (
    <form onSubmit={form.onSubmit}>
      <Field
        first
        label={t('shift.lock.name')}
        autoComplete="username"
        maxLength={40}
        value={name}
        onChange={setName}
      />
      <Field
        password
        label={t('shift.lock.passwordOf')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <Refused text={form.problem} />
      <Submit busy={form.busy || name.trim() === '' || password === ''} text={t('shift.lock.signIn')} />
    </form>
  );
}

const Refused = ({ text }: { text: string | null }) =>
  text === null ? null : (
    <p className="shift-problem" role="alert">
      {text}
    </p>
  );

const Submit = ({ busy, text }: { busy: boolean; text: string }) => (
  <button type="submit" className="key-button" data-tone="info" disabled={busy}>
    {text}
  </button>
);
