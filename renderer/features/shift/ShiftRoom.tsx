import { useEffect } from 'react';
import { guardLeaving, signOut } from '../../lib/station/leave.ts';
import { useSession } from '../../lib/station/session.ts';
import { standingOf, useStanding } from './booth-shift.ts';
import { HandoverDialog } from './HandoverDialog.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { LockScreen } from './LockScreen.tsx';
import { MenuDialog } from './MenuDialog.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import { PayOutDialog } from './PayOutDialog.tsx';
import { ReportDialog } from './ReportDialog.tsx';
import { ResumeDialog } from './ResumeDialog.tsx';
import { StartDialog } from './StartDialog.tsx';
import { closeShiftDialog, openShiftDialog, type ShiftDialog, useShift } from './store.ts';
import { TakeOverDialog } from './TakeOverDialog.tsx';
import { useFollowShifts } from './use-follow-shifts.ts';
import { useIdleLock } from './use-idle-lock.ts';
import './shift.css';

/**
 * All about the cashier's shift and the lock of the screen, mounted once while somebody is signed in: the dialogs, the lock,
 * the question before leaving, and the key that opens the menu.
 */
export function ShiftRoom() {
  const user = useSession((state) => state.user);
  const dialog = useShift((state) => state.dialog);
  useFollowShifts();
  useIdleLock();
  useLeaving();
  useEffect(() => {
    window.addEventListener('keydown', onMenuKey);
    return () => window.removeEventListener('keydown', onMenuKey);
  }, []);
  // A dialog of the one before is nobody's any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the person that counts
  useEffect(() => () => useShift.setState({ dialog: null, standing: null, current: null }), [user === null]);
  if (!user) return null;
  if (user.locked === true) return <LockScreen user={user} />;
  return dialog === null ? null : <Dialog dialog={dialog} />;
}

function Dialog({ dialog }: { dialog: ShiftDialog }) {
  const standing = useStanding();
  const { own, waiting } = standing;
  const needs = (shift: unknown): boolean => shift === null;
  const lost =
    (dialog === 'takeOver' && needs(waiting)) || (['payOut', 'resume', 'leave'].includes(dialog) && needs(own));
  useEffect(() => {
    if (!lost) return;
    closeShiftDialog();
    // What was known was old: the drawer is handed over, and nothing speaks against leaving any more.
    if (dialog === 'leave' && useShift.getState().standing !== null) void signOut();
  }, [lost, dialog]);
  switch (dialog) {
    case 'menu':
      return <MenuDialog standing={standing} />;
    case 'start':
      return <StartDialog standing={standing} relief={false} />;
    case 'relief':
      return <StartDialog standing={standing} relief />;
    case 'takeOver':
      return waiting && <TakeOverDialog shift={waiting} />;
    case 'payOut':
      return own && <PayOutDialog shift={own} />;
    case 'resume':
      return own && <ResumeDialog shift={own} />;
    case 'handover':
      return <Handover />;
    case 'report':
      return <ReportDialog />;
    case 'leave':
      return own && <LeaveDialog shift={own} />;
    case 'password':
      return <PasswordDialog />;
  }
}

/** Once handed over the shift is no longer the own one, and its dialog still has something to say. */
function Handover() {
  const { own, waiting } = useStanding();
  const name = useSession((state) => state.user?.name);
  const shift = own ?? (waiting?.cashier === name ? waiting : null);
  return shift && <HandoverDialog shift={shift} />;
}

/** F7, where the booth leaves it free; nothing happens behind another dialog. */
function onMenuKey(event: KeyboardEvent): void {
  if (event.key !== 'F7' || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  event.preventDefault();
  const busy = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
  if (!busy && useShift.getState().dialog === null) openShiftDialog('menu');
}

/** Asks before somebody leaves a drawer that is not handed over. */
function useLeaving(): void {
  useEffect(() => {
    const open = (): boolean => {
      const { user } = useSession.getState();
      return user !== null && standingOf(useShift.getState().standing ?? [], user.name).own !== null;
    };
    const release = guardLeaving(() => {
      if (!open()) return false;
      openShiftDialog('leave');
      return true;
    });
    // The shell closes its window without asking anybody where a page objects, so only browsers are asked.
    const onUnload = (event: BeforeUnloadEvent): void => {
      if (open()) event.preventDefault();
    };
    const inBrowser = !('gatehouse' in window);
    if (inBrowser) window.addEventListener('beforeunload', onUnload);
    return () => {
      release();
      window.removeEventListener('beforeunload', onUnload);
    };
  }, []);
}
