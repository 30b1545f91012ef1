import { useReducer } from 'react';
import type { TariffForm } from './form.ts';

interface History {
  readonly past: readonly TariffForm[];
  readonly present: TariffForm;
  readonly future: readonly TariffForm[];
  readonly changedAt: number;
}

type Step =
  | { readonly kind: 'change'; readonly form: TariffForm; readonly at: number }
  | { readonly kind: 'undo' | 'redo' }
  | { readonly kind: 'reset'; readonly form: TariffForm };

const MOST = 200;
/** Characters typed in one go are one step back. */
const ONE_GO_MS = 700;

function step(history: History, by: Step): History {
  const { past, present, future, changedAt } = history;
  switch (by.kind) {
    case 'change': {
      if (by.form === present) return history;
      const typing = by.at - changedAt < ONE_GO_MS && past.length > 0;
      return { past: typing ? past : [...past.slice(-MOST), present], present: by.form, future: [], changedAt: by.at };
    }
    case 'undo': {
      const before = past.at(-1);
      return before === undefined
        ? history
        : { past: past.slice(0, -1), present: before, future: [present, ...future], changedAt: 0 };
    }
    case 'redo': {
      const [next, ...rest] = future;
      return next === undefined ? history : { past: [...past, present], present: next, future: rest, changedAt: 0 };
    }
    case 'reset':
      return { past: [], present: by.form, future: [], changedAt: 0 };
  }
}

/** The form and the way back through its changes. */
export function useHistory(first: TariffForm) {
  const [history, dispatch] = useReducer(step, { past: [], present: first, future: [], changedAt: 0 });
  return {
    form: history.present,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (form: TariffForm) => dispatch({ kind: 'change', form, at: performance.now() }),
    undo: () => dispatch({ kind: 'undo' }),
    redo: () => dispatch({ kind: 'redo' }),
    reset: (form: TariffForm) => dispatch({ kind: 'reset', form }),
  };
}
