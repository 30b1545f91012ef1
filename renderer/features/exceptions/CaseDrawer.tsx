import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../../shared/contract/payments.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, mayAct, useSession } from '../../lib/station/session.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { Facts, Leads, Money, When } from '../../office/Values.tsx';
import { CaseDialogs } from './CaseDialogs.tsx';
import { CaseHistory } from './CaseHistory.tsx';
import type { CaseSummary } from './case-summary.ts';

/** One case: what happened with its photos, who has it, and what this person may do about it, said before the click. */
export function CaseDrawer(props: {
  of: CaseView;
  lane: string;
  people: CaseSummary['people'];
  onClose: () => void;
  onChanged: (next: CaseView) => void;
}) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const act = useAct();
  const [asking, setAsking] = useState<'close' | 'hand-over' | null>(null);
  const { of } = props;
  const closed = of.closedAt !== null;
  const manager = mayAct(user, 'manager');
  const mine = of.owner !== null && of.owner === user?.name;
  const works = may(user, 'case.close') && !closed;
  const mayTake = works && !mine && (of.owner === null || manager);
  const mayHandOver = works && (mine || manager);
  const take = async (): Promise<void> => {
    const next = await act.run((client) => client.cases.take({ id: of.id }), { done: t('exceptions.taken') });
    if (next) props.onChanged(next);
  };
  return (
    <Drawer
      open
      size={620}
      title={t('exceptions.title', { kind: t(`event.case.${of.kind}`), plate: of.plate })}
      onClose={props.onClose}
      footer={
        works && (
          <div className="case-foot">
            {of.hindrance !== null && (
              <span className="case-hindrance" role="note">
                {t(`exceptions.hindrance.${of.hindrance}`, { name: of.owner ?? '' })}
              </span>
            )}
            <span className="case-acts">
              {mayHandOver && <Button onClick={() => setAsking('hand-over')}>{t('exceptions.handOver')}</Button>}
              {mayTake && (
                <Button
                  type={of.hindrance === null ? 'default' : 'primary'}
                  loading={act.busy}
                  onClick={() => void take()}
                >
                  {t(of.owner === null ? 'exceptions.take' : 'exceptions.takeOver')}
                </Button>
              )}
              <Button type="primary" disabled={of.hindrance !== null} onClick={() => setAsking('close')}>
                {t('exceptions.close')}
              </Button>
            </span>
          </div>
        )
      }
    >
      <div className="case">
        <Problem text={act.problem} />
        {closed && (
          <div className="case-result">
            <strong>{of.resolution}</strong>
            <span>
              {t('exceptions.closedBy', {
                name: of.closedBy ?? '',
                time: of.closedAt === null ? '' : formatDateTime(of.closedAt),
              })}
            </span>
          </div>
        )}
        <p className="case-detail">{of.detail}</p>
        <Facts
          of={[
            [t('exceptions.column.plate'), of.plate || null],
            [
              t('exceptions.column.amount'),
              of.amountFen === 0 ? null : <Money key="amount" fen={of.amountFen} strong />,
            ],
            [t('exceptions.column.lane'), props.lane || null],
            [t('exceptions.column.opened'), <When key="opened" at={of.openedAt} />],
            [t('exceptions.column.owner'), of.owner ?? t('exceptions.nobody')],
          ]}
        />
        {of.uid !== null && (
          <Leads to="stays" place={{ id: of.uid }}>
            {t('exceptions.evidence')}
          </Leads>
        )}
        <CaseHistory of={of} />
      </div>
      <CaseDialogs
        of={of}
        asking={asking}
        people={props.people}
        onClose={() => setAsking(null)}
        onDone={(next) => {
          setAsking(null);
          props.onChanged(next);
        }}
      />
    </Drawer>
  );
}
