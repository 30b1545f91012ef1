import { Button } from 'antd';
import { useState } from 'react';
import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { formatDateTime, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Box, Page } from '../../office/Page.tsx';
import { PaperDialog } from '../../office/paper/PaperDialog.tsx';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { PrintShift, ShiftReport } from '../../office/ShiftReport.tsx';
import { Answer } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { Facts, Leads, Money, State, When } from '../../office/Values.tsx';
import { shiftState } from './use-shift-columns.tsx';

/** One shift: how it went, its report, and the drawer that waits to be taken over. */
export function ShiftPage({ id }: { id: string }) {
  const { t } = useWords();
  const act = useAct();
  const user = useSession((state) => state.user);
  const shift = useAsk((station) => station.shifts.get({ id }), [id]);
  const [confirming, setConfirming] = useState<ShiftView | null>(null);
  const [paper, setPaper] = useState<'a4' | 'narrow' | 'printer' | null>(null);
  const confirm = async (): Promise<void> => {
    const answer = await act.run((station) => station.shifts.confirm({ id }), { done: t('shifts.confirmed') });
    if (!answer) return;
    setConfirming(null);
    shift.again();
  };
  const { data } = shift;
  const counted = data !== null && (data.state === 'counted' || data.state === 'closed');
  // Whoever is to count the drawer learns nothing of it before, manager or not.
  const mayReport = data !== null && (counted || data.cashier !== user?.name);
  const waits = data?.state === 'closed' && data.confirmedAt === null;
  return (
    <Page
      title={data === null ? t('shifts.report') : t('shifts.reportOf', { name: data.cashier })}
      note={<Leads to="shifts">{t('shifts.back')}</Leads>}
      actions={
        <>
          {waits && may(user, 'shift.work') && (
            <Button type="primary" onClick={() => setConfirming(data)}>
              {t('shifts.confirm')}
            </Button>
          )}
          <Button disabled={!mayReport} onClick={() => setPaper('a4')}>
            {t('shifts.print')}
          </Button>
          <Button disabled={!mayReport} onClick={() => setPaper('narrow')}>
            {t('shifts.printNarrow')}
          </Button>
          <Button disabled={!mayReport} onClick={() => setPaper('printer')}>
            {t('printing.toPrinter')}
          </Button>
        </>
      }
    >
      <Answer of={shift}>
        {(kept) => (
          <>
            <Box>
              <Summary shift={kept} />
            </Box>
            <Box title={t('shifts.report')}>{mayReport ? <ShiftReport id={id} /> : <p>{t('shifts.own')}</p>}</Box>
          </>
        )}
      </Answer>
      {paper === 'printer' && <PaperDialog of={{ what: 'shift', id }} onClose={() => setPaper(null)} />}
      {paper !== null && paper !== 'printer' && <PrintShift id={id} paper={paper} onDone={() => setPaper(null)} />}
      {confirming && (
        <ReasonDialog
          title={t('shifts.confirmTitle', { name: confirming.cashier })}
          consequence={t('shifts.confirmText', { amount: formatMoney(confirming.leftFen ?? 0) })}
          verb={t('shifts.confirm')}
          reason="none"
          act={act}
          onClose={() => {
            act.clear();
            setConfirming(null);
          }}
          onConfirm={() => void confirm()}
        />
      )}
    </Page>
  );
}

function Summary({ shift }: { shift: ShiftView }) {
  const { t } = useWords();
  const [state, tone] = shiftState(shift, t);
  const confirmed =
    shift.confirmedAt === null
      ? t('shifts.notConfirmed')
      : t('shifts.confirmedBy', {
          name: shift.confirmedBy ?? '',
          time: formatDateTime(shift.confirmedAt),
          amount: formatMoney(shift.takenOverFen ?? 0),
        });
  return (
    <Facts
      columns={3}
      of={[
        [t('shifts.cashier'), shift.cashier],
        [t('shifts.booth'), shift.booth || '—'],
        [
          t('shifts.state.label'),
          <State key="state" tone={tone}>
            {state}
          </State>,
        ],
        [t('shifts.opened'), <When key="opened" at={shift.openedAt} />],
        [t('shifts.closed'), <When key="closed" at={shift.closedAt} />],
        [t('shifts.kindLabel'), t(`shifts.kind.${shift.kind}`)],
        [t('shifts.difference'), <Money key="difference" fen={shift.differenceFen} strong />],
        [t('shifts.differenceReason'), shift.differenceReason],
        [t('shifts.state.confirmed'), shift.state === 'closed' ? confirmed : null],
        [
          t('shifts.traffic'),
          <Leads
            key="stays"
            to="stays"
            place={{
              query: {
                exitedFrom: shift.openedAt,
                ...(shift.closedAt === null ? {} : { exitedTo: shift.closedAt }),
              },
            }}
          >
            {t('shifts.stays')}
          </Leads>,
        ],
      ]}
    />
  );
}
