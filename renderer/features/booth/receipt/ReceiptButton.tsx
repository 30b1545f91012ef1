import type { PaperState } from '../../../../shared/domain/print.ts';
import { KeyButton } from '../../../components/KeyButton.tsx';
import { useWords } from '../../../lib/i18n/index.ts';
import { useLive } from '../../../lib/station/live.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { usePaper } from '../../../office/paper/use-paper.ts';

/** The receipt of a payment of a car that is gone; from the second on it is marked as printed again. */
export function ReceiptButton({ billId, paper }: { billId: string; paper: PaperState }) {
  const offered = useLive((state) =>
    state.frame?.lanes.some(({ devices }) => devices.some(({ kind }) => kind === 'printer')),
  );
  const allowed = useSession((state) => may(state.user, 'receipt.print'));
  return offered && allowed ? <Button billId={billId} known={paper} /> : null;
}

function Button({ billId, known }: { billId: string; known: PaperState }) {
  const { t } = useWords();
  const paper = usePaper({ what: 'payment', id: billId });
  return (
    <>
      <KeyButton busy={paper.busy} disabled={paper.busy || !paper.offered} onPress={paper.print}>
        {paper.said ?? t(known === 'none' ? 'printing.print' : 'printing.again')}
      </KeyButton>
      {known === 'maybe' && paper.said === null && paper.problem === null && (
        <span className="passed-receipt" data-maybe="true">
          {t('printing.maybe')}
        </span>
      )}
      {paper.problem !== null && (
        <span className="passed-receipt" role="alert">
          {paper.problem}
        </span>
      )}
    </>
  );
}
