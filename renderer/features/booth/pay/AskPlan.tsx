import { useNow } from '../Elapsed.tsx';
import { useBoothWords } from '../keymap/key-names.ts';

/** When the channel is asked what became of a try, which of that is past, and how long until money may be taken without a second look. */
export function AskPlan({ since, atMs }: { since: number; atMs: readonly number[] }) {
  const { t } = useBoothWords();
  const pastMs = useNow() - since;
  const last = atMs.at(-1) ?? 0;
  const leftSeconds = Math.ceil(Math.min(last, last - pastMs) / 1000);
  return (
    // Not spoken every second: what changes for the person is told by the line itself.
    <div className="pay-plan" role="timer" aria-live="off">
      <span>{t('boothMore.pay.plan.asked')}</span>
      <ol>
        {atMs.map((each) => (
          <li key={each} data-done={pastMs >= each}>
            {t('boothMore.pay.plan.at', { n: each / 1000 })}
          </li>
        ))}
      </ol>
      <span>{t(leftSeconds > 0 ? 'boothMore.pay.plan.left' : 'boothMore.pay.plan.last', { n: leftSeconds })}</span>
    </div>
  );
}
