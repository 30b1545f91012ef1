import { useWords } from '../../../lib/i18n/index.ts';
import { State, type Tone } from '../../../office/Values.tsx';

export interface EndedView {
  readonly outcome: 'done' | 'refused' | 'unknown';
  readonly detail: string;
}

const tones: Readonly<Record<EndedView['outcome'], Tone>> = { done: 'go', refused: 'call', unknown: 'stop' };

/** How something that was tried out ended, in the words of the device. */
export function Ended({ of }: { of: EndedView | null }) {
  const { t } = useWords();
  return (
    <p className="dev-ended" role="status">
      {of && (
        <>
          <State tone={tones[of.outcome]}>{t(`devices.test.ended.${of.outcome}`)}</State> <span>{of.detail}</span>
        </>
      )}
    </p>
  );
}
