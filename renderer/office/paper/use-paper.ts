import { useState } from 'react';
import type { PrintedView } from '../../../shared/contract/printing.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useAct } from '../use-act.ts';
import { useAsk } from '../use-ask.ts';
import { type Printable, printOf } from './PaperDialog.tsx';

export interface PaperAct {
  /** There is a printer to print on. */
  readonly offered: boolean;
  readonly busy: boolean;
  /** How it ended, in words; null: nothing was printed yet, or all is well. */
  readonly problem: string | null;
  readonly said: string | null;
  readonly print: () => void;
}

/** Prints without a preview: where there is a printer, and no room for looking at the paper first. */
export function usePaper(of: Printable): PaperAct {
  const { t } = useWords();
  const act = useAct();
  const printers = useAsk((client) => client.printing.printers(), []);
  const [ended, setEnded] = useState<PrintedView | null>(null);
  const failed = ended !== null && ended.outcome !== 'done';
  return {
    offered: (printers.data ?? []).length > 0,
    busy: act.busy,
    problem: failed ? `${t(`printing.ended.${ended.outcome}`)} ${ended.detail}` : act.problem,
    said: ended?.outcome === 'done' ? t('printing.ended.done') : null,
    print: () => {
      setEnded(null);
      void act.run((client) => printOf(client, of)).then((printed) => printed && setEnded(printed));
    },
  };
}
