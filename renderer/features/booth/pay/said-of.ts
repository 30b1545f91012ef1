import type { ShapeName } from '../../../components/Shape.tsx';
import { isSetAside } from './attempts.ts';
import type { Try } from './try.ts';

/** wait: money would be taken twice · take: now · none: somebody else pays; null: as the driver likes. */
type Verdict = 'wait' | 'take' | 'none';
type Tone = 'info' | 'go' | 'call' | 'stop' | 'off';

const looks: Record<Try['state'], { readonly tone: Tone; readonly shape: ShapeName }> = {
  created: { tone: 'info', shape: 'asking' },
  sent: { tone: 'info', shape: 'asking' },
  paid: { tone: 'go', shape: 'cleared' },
  declined: { tone: 'stop', shape: 'alarm' },
  unknown: { tone: 'call', shape: 'attention' },
  reversing: { tone: 'call', shape: 'asking' },
  reversed: { tone: 'off', shape: 'ok' },
  abandoned: { tone: 'off', shape: 'ok' },
};

/** What a platform that is asked by itself does about it: the driver has nothing to do. */
function stageOf({ kind, state }: Try): 'deducting' | 'declined' | 'unknown' | null {
  if (kind !== 'agreement') return null;
  if (state === 'created' || state === 'sent') return 'deducting';
  return state === 'declined' || state === 'unknown' ? state : null;
}

/** How a try is told: its state, what to do, and in one word whether to take money now. */
export function saidOf(latest: Try) {
  const { state, kind, detail } = latest;
  const look = looks[state];
  if (isSetAside(latest))
    return {
      ...({ tone: 'call', shape: 'charging', verdict: 'take', why: detail } as const),
      state: kind === 'agreement' ? 'boothMore.pay.auto.aside' : 'boothMore.pay.setAside',
      todo: kind === 'agreement' ? 'boothMore.pay.auto.asideLater' : 'boothMore.pay.asideLater',
    } as const;
  if (latest.guarantee !== null && state === 'paid')
    return {
      ...{ ...look, verdict: 'none' as const, why: '' },
      ...({ state: 'boothMore.pay.guaranteed', todo: 'boothMore.pay.guaranteedLater' } as const),
    };
  const stage = stageOf(latest);
  if (stage !== null)
    return {
      // Most cars have no agreement that pays: it is no fault, and the colour of one would call for nothing.
      ...(stage === 'declined' ? looks.abandoned : look),
      ...({ verdict: stage === 'declined' ? 'take' : 'wait', why: stage === 'deducting' ? '' : detail } as const),
      state: `boothMore.pay.auto.${stage}` as const,
      todo: stage === 'declined' ? null : (`boothMore.pay.auto.${stage}Todo` as const),
    };
  const waiting = state === 'sent' && kind !== 'qr' ? 'confirming' : state;
  return {
    ...look,
    ...{ verdict: verdictOf(waiting), why: state === 'sent' ? '' : detail },
    ...({ state: `boothMore.pay.state.${waiting}`, todo: `boothMore.pay.todo.${waiting}` } as const),
  };
}

function verdictOf(state: Try['state'] | 'confirming'): Verdict | null {
  if (state === 'confirming' || state === 'unknown') return 'wait';
  if (state === 'paid') return 'none';
  return state === 'declined' ? 'take' : null;
}
