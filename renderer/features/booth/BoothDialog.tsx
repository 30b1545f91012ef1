import type { KeyboardEvent, ReactNode } from 'react';
import { DialogFrame } from '../../components/DialogFrame.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { closeDialog, type Dialog } from './store.ts';

/**
 * The booth's dialogs in their frame. It also watches its car: when another one stands there by now, nothing can be confirmed any
 * more.
 */
export function BoothDialog(props: {
  dialog: Dialog;
  title: string;
  text?: string;
  tone: 'call' | 'stop' | 'info';
  children: ReactNode;
  footer: ReactNode;
  onKey?: (event: KeyboardEvent) => void;
  /** What Esc does first, where something inside is to be left before the dialog is. */
  onEscape?: (() => void) | undefined;
  wide?: boolean;
}) {
  const { t } = useWords();
  const { dialog, children, onEscape, ...frame } = props;
  const changed = useCarChanged(dialog);
  return (
    <DialogFrame {...frame} onEscape={onEscape ?? closeDialog}>
      {changed ? (
        <p className="dialog-changed" role="alert">
          {t('dialog.changed')}
        </p>
      ) : (
        children
      )}
    </DialogFrame>
  );
}

/** True when the dialog is about a car and that car is no longer the one at its lane. */
export function useCarChanged(dialog: Dialog): boolean {
  return useLive((state) => {
    if (dialog.passageId === null) return false;
    return state.frame?.lanes.find((lane) => lane.id === dialog.laneId)?.passage?.id !== dialog.passageId;
  });
}
