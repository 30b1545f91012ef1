import { type KeyboardEvent, useState } from 'react';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatDateTime, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useSession } from '../../lib/station/session.ts';
import { usePaper } from '../../office/paper/use-paper.ts';
import { PrintShift, ShiftReport } from '../../office/ShiftReport.tsx';
import { Answer } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { PaperButton } from './PaperButton.tsx';
import { ShiftFrame } from './ShiftFrame.tsx';

const SHOWN = 8;

/** The own shifts that were counted, the newest first; one of them as the report that is printed. */
export function ReportDialog() {
  const { t } = useWords();
  const name = useSession((state) => state.user?.name);
  const shifts = useAsk(
    (station) => station.shifts.list({ pageSize: SHOWN * 2, ...(name === undefined ? {} : { cashier: name }) }),
    [name],
  );
  const [marked, setMarked] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const counted = (shifts.data?.items ?? [])
    .filter(({ state }) => state === 'counted' || state === 'closed')
    .slice(0, SHOWN);
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setMarked((old) => Math.min(Math.max(0, old + step), Math.max(0, counted.length - 1)));
    } else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault();
      setOpen(counted[marked]?.id ?? null);
    }
  };
  if (open !== null) return <OneReport id={open} onBack={() => setOpen(null)} />;
  return (
    <ShiftFrame title={t('shift.menu.report')} text={t('shift.report.choose')} onKey={onKey}>
      <Answer of={shifts}>
        {() =>
          counted.length === 0 ? (
            <p className="shift-text">{t('shift.report.none')}</p>
          ) : (
            <ul className="shift-list">
              {counted.map((shift, index) => (
                <li key={shift.id}>
                  <button
                    type="button"
                    aria-pressed={index === marked}
                    onClick={() => {
                      setMarked(index);
                      setOpen(shift.id);
                    }}
                  >
                    <span>{formatDateTime(shift.openedAt)}</span>
                    <span>{formatMoney(shift.countedFen ?? 0)}</span>
                    <strong data-tone={shift.differenceFen === 0 ? 'plain' : 'stop'}>
                      {formatMoney(shift.differenceFen ?? 0)}
                    </strong>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </ShiftFrame>
  );
}

function OneReport({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useWords();
  const [paper, setPaper] = useState<'a4' | 'narrow' | null>(null);
  const slip = usePaper({ what: 'shift', id });
  return (
    <ShiftFrame
      title={t('shift.report.title')}
      problem={slip.problem}
      onBack={onBack}
      acts={
        <>
          <PaperButton paper={slip} />
          <KeyButton onPress={() => setPaper('narrow')}>{t('shift.handover.printNarrow')}</KeyButton>
          <KeyButton tone="info" onPress={() => setPaper('a4')}>
            {t('shift.handover.print')}
          </KeyButton>
        </>
      }
    >
      <ShiftReport id={id} />
      {paper !== null && <PrintShift id={id} paper={paper} onDone={() => setPaper(null)} />}
    </ShiftFrame>
  );
}
