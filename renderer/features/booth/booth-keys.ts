import { Wedge } from '../../lib/scan/wedge.ts';
import { useSession } from '../../lib/station/session.ts';
import { useShift } from '../shift/store.ts';
import { actOf } from './keymap/bindings.ts';
import { keyOfEvent } from './keymap/key-of-event.ts';
import { perform, performChar, performPlain } from './keys.ts';
import { onGarbled, onScanned } from './scan/scanner.ts';
import { setNotice, useBooth } from './store.ts';

const after = (ms: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

const panel = new Wedge(
  {
    typed: (chars) => {
      for (const char of chars) performChar(char);
    },
    scanned: onScanned,
    garbled: onGarbled,
  },
  after,
);

/** In a dialog the keys are the dialog's; only a whole code's Enter is taken out of its way, or a scan would confirm a release. */
const dialogs = new Wedge(
  {
    typed: () => undefined,
    scanned: () => undefined,
    garbled: () => undefined,
  },
  after,
  // A date is typed in eight digits; what is longer and that quick is a code.
  10,
);

/** On a control the keys of a hand are the control's; a code is the booth's wherever the focus is, and its Enter presses nothing. */
const controls = new Wedge(
  {
    typed: () => undefined,
    scanned: onScanned,
    garbled: onGarbled,
  },
  after,
);

const onControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, input, textarea, select, a, [role="radio"]') !== null;

const inTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'submit'].includes(target.type));

const isPlain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.altKey && !event.metaKey;

/** Reload, full screen and the developer tools sit on these keys in browsers. */
const isFunctionKey = (key: string): boolean => /^F\d+$/.test(key);

/** Something else has the keys: a dialog of the shift, or the curtain of a locked screen. */
const elsewhere = (): boolean => useShift.getState().dialog !== null || useSession.getState().user?.locked === true;

/** The keys of the booth while no dialog is open. Dialogs handle their own. */
function boothKey(event: KeyboardEvent): void {
  const key = keyOfEvent(event);
  const act = actOf(key);
  if (act && isPlain(event) && isFunctionKey(key)) event.preventDefault();
  if (!isPlain(event) || event.repeat || useBooth.getState().dialog || elsewhere()) return;
  const single = key.length === 1;
  if (onControl(event.target) && !isFunctionKey(key)) {
    if (key === 'Escape') performPlain(key);
    return;
  }
  if (single && key !== ' ') {
    event.preventDefault();
    panel.char(key, event.timeStamp);
  } else if (key === 'Enter') {
    if (panel.enter(event.timeStamp)) event.preventDefault();
    else performPlain(key);
  } else {
    panel.settle();
    if (act) event.preventDefault();
    if (act) perform(act);
    else if (performPlain(key)) event.preventDefault();
  }
}

/** Sees every key before the control that has the focus does. */
function watchControls(event: KeyboardEvent): void {
  if (!isPlain(event) || event.repeat || useBooth.getState().dialog || elsewhere()) return;
  if (!onControl(event.target) || inTextField(event.target)) return;
  const key = keyOfEvent(event);
  if (key.length === 1 && key !== ' ') controls.char(key, event.timeStamp);
  else if (key === 'Enter' && controls.enter(event.timeStamp)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else controls.settle();
}

/** A dialog of the shift asks about money as well. */
const inDialog = (): boolean => {
  const { dialog } = useBooth.getState();
  if (dialog) return dialog.kind !== 'identify';
  return useShift.getState().dialog !== null && useSession.getState().user?.locked !== true;
};

/** Sees every key before the dialogs do. */
function watchDialogs(event: KeyboardEvent): void {
  if (!inDialog() || event.repeat || !isPlain(event)) return;
  const key = keyOfEvent(event);
  if (/^\d$/.test(key)) dialogs.char(key, event.timeStamp);
  else if (key === 'Enter' && dialogs.enter(event.timeStamp)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    setNotice({ tone: 'problem', key: 'scanInDialog', params: {}, moneyAct: false });
  } else dialogs.settle();
}

/** Listens for the booth until the returned function is called. */
export function listenToKeys(): () => void {
  window.addEventListener('keydown', watchDialogs, true);
  window.addEventListener('keydown', watchControls, true);
  window.addEventListener('keydown', boothKey);
  return () => {
    window.removeEventListener('keydown', watchDialogs, true);
    window.removeEventListener('keydown', watchControls, true);
    window.removeEventListener('keydown', boothKey);
    panel.settle();
    controls.settle();
    dialogs.settle();
  };
}
