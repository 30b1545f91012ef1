import { KeyButton } from '../../components/KeyButton.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import type { PaperAct } from '../../office/paper/use-paper.ts';

/** The report to the receipt printer, where there is one. */
export function PaperButton({ paper }: { paper: PaperAct }) {
  const { t } = useWords();
  if (!paper.offered) return null;
  return (
    <KeyButton busy={paper.busy} disabled={paper.busy} onPress={paper.print}>
      {paper.said ?? t('printing.toPrinter')}
    </KeyButton>
  );
}
