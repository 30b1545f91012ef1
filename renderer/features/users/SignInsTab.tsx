import { Button, Table } from 'antd';
import { useState } from 'react';
import type { SignInView } from '../../../shared/contract/users.ts';
import { formatDuration } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { Answer } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { State, When } from '../../office/Values.tsx';

/** A window asks every few seconds: younger than this it is in use. */
const IN_USE_SECONDS = 20;

/** Who is signed in now, and where; an administrator may end it. */
export function SignInsTab() {
  const { t, language } = useWords();
  const act = useAct();
  const manages = useSession((state) => may(state.user, 'user.manage'));
  const [ending, setEnding] = useState<SignInView | null>(null);
  const signIns = useAsk((station) => station.users.signIns(), []);
  const end = async (id: string): Promise<void> => {
    const answer = await act.run((station) => station.users.endSignIn({ id }), { done: t('users.ended') });
    if (!answer) return;
    setEnding(null);
    signIns.again();
  };
  const heard = ({ quietSeconds }: SignInView): string => {
    if (quietSeconds === null) return t('users.heardNever');
    return quietSeconds < IN_USE_SECONDS
      ? t('users.heardNow')
      : t('users.heardAgo', { duration: formatDuration(Math.ceil(quietSeconds / 60), language) });
  };
  return (
    <>
      <div className="users-bar">
        <Button onClick={signIns.again} loading={signIns.busy}>
          {t('kit.refresh')}
        </Button>
      </div>
      <Answer of={signIns} rows={4}>
        {(list) => (
          <Table<SignInView>
            size="small"
            rowKey="id"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={list}
            locale={{ emptyText: t('users.noSignIns') }}
            columns={[
              {
                title: t('users.name'),
                render: (_, { name, own }) => (
                  <>
                    <strong>{name}</strong> {own && t('users.own')}
                  </>
                ),
              },
              { title: t('users.where'), render: (_, { address }) => (address === '' ? t('users.here') : address) },
              { title: t('users.since'), render: (_, { since }) => <When at={since} /> },
              { title: t('users.until'), render: (_, { expiresAt }) => <When at={expiresAt} /> },
              { title: t('users.heard'), render: (_, signIn) => heard(signIn) },
              {
                title: t('users.screen'),
                render: (_, { locked }) => (
                  <State tone={locked ? 'info' : 'plain'}>{t(locked ? 'users.locked' : 'users.unlocked')}</State>
                ),
              },
              {
                key: 'acts',
                title: '',
                render: (_, signIn) => (
                  <Button size="small" danger disabled={!manages || signIn.own} onClick={() => setEnding(signIn)}>
                    {t('users.end')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Answer>
      {ending && (
        <ReasonDialog
          title={t('users.endTitle', { name: ending.name })}
          consequence={t('users.endText')}
          verb={t('users.end')}
          reason="none"
          danger
          act={act}
          onClose={() => setEnding(null)}
          onConfirm={() => void end(ending.id)}
        />
      )}
    </>
  );
}
