import { Button, Table } from 'antd';
import type { AttemptView } from '../../../shared/contract/payments.ts';
import { attemptWord } from '../../events/attempt-word.ts';
import { channelName } from '../../lib/channel-name.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Answer, Empty, Problem } from '../../office/States.tsx';
import { methodName } from '../../office/stay/methods.ts';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { Leads, Money, State, When } from '../../office/Values.tsx';

/** Payments whose outcome is not known yet: the money may have moved. Each can be asked about now. */
export function AttemptsTab() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const act = useAct();
  const asked = useAsk((client, signal) => client.payments.attempts({}, { signal }), []);
  const query = async (id: string): Promise<void> => {
    const answer = await act.run((client) => client.payments.query({ id }));
    if (answer) asked.again();
  };
  return (
    <div className="attempts">
      <p className="case-none">{t('exceptions.payments.note')}</p>
      <Problem text={act.problem} />
      <Answer of={asked}>
        {(attempts) =>
          attempts.length === 0 ? (
            <Empty title={t('exceptions.payments.empty')} text={t('exceptions.payments.emptyText')} />
          ) : (
            <Table<AttemptView>
              rowKey="id"
              size="small"
              pagination={false}
              dataSource={[...attempts]}
              columns={[
                {
                  title: t('exceptions.payments.column.at'),
                  width: 175,
                  render: (_value, { createdAt }) => <When at={createdAt} />,
                },
                {
                  title: t('exceptions.payments.column.state'),
                  width: 170,
                  render: (_value, attempt) => (
                    <State tone={attempt.state === 'unknown' && !attempt.setAside ? 'stop' : 'call'}>
                      {t(attemptWord(attempt))}
                    </State>
                  ),
                },
                {
                  title: t('exceptions.payments.column.channel'),
                  width: 150,
                  render: (_value, { channel, method }) =>
                    channelName({ id: channel, title: `${methodName(method, t)} · ${channel}` }, t),
                },
                {
                  title: t('exceptions.payments.column.amount'),
                  width: 100,
                  align: 'right',
                  render: (_value, { amountFen }) => <Money fen={amountFen} strong />,
                },
                { title: t('exceptions.payments.column.detail'), dataIndex: 'detail', ellipsis: true },
                {
                  title: t('exceptions.payments.column.stay'),
                  width: 120,
                  render: (_value, { uid }) => (
                    <Leads to="stays" place={{ id: uid }}>
                      {t('exceptions.evidence')}
                    </Leads>
                  ),
                },
                {
                  title: '',
                  width: 110,
                  render: (_value, { id }) =>
                    may(user, 'charge.send') && (
                      <Button size="small" loading={act.busy} onClick={() => void query(id)}>
                        {t('exceptions.payments.ask')}
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Answer>
    </div>
  );
}
