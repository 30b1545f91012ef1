import { Button, Checkbox, Table } from 'antd';
import { useState } from 'react';
import type { AccountView } from '../../../shared/contract/users.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { Answer, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { State, When } from '../../office/Values.tsx';
import { AccountDialog } from './AccountDialog.tsx';
import { ResetPasswordDialog } from './ResetPasswordDialog.tsx';

type Open = { readonly kind: 'add' } | { readonly kind: 'edit' | 'reset' | 'disable'; readonly account: AccountView };

/** The accounts. Nobody is ever removed: the journal names people for as long as it is kept. */
export function AccountsTab() {
  const { t } = useWords();
  const act = useAct();
  const manages = useSession((state) => may(state.user, 'user.manage'));
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const accounts = useAsk((station) => station.users.list(), []);
  const done = (): void => {
    setOpen(null);
    accounts.again();
  };
  const setDisabled = async (name: string, disabled: boolean): Promise<void> => {
    const answer = await act.run((station) => station.users.change({ name, disabled }), { done: t('users.saved') });
    if (answer) done();
  };
  return (
    <>
      <div className="users-bar">
        <Button type="primary" disabled={!manages} onClick={() => setOpen({ kind: 'add' })}>
          {t('users.add')}
        </Button>
        <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
          {t('users.showDisabled')}
        </Checkbox>
      </div>
      {open === null && <Problem text={act.problem} />}
      <Answer of={accounts} rows={5}>
        {(list) => (
          <Table<AccountView>
            size="small"
            rowKey="name"
            pagination={false}
            scroll={{ x: 'max-content' }}
            dataSource={list.filter(({ disabled }) => all || !disabled)}
            locale={{ emptyText: t('users.noAccounts') }}
            columns={[
              { title: t('users.name'), dataIndex: 'name', render: (name: string) => <strong>{name}</strong> },
              { title: t('users.displayName'), dataIndex: 'displayName' },
              { title: t('users.number'), dataIndex: 'number' },
              { title: t('users.role'), render: (_, { role }) => t(`app.role.${role}`) },
              { title: t('users.post'), render: (_, { post }) => post?.name ?? '—' },
              {
                title: t('users.state'),
                render: (_, { disabled }) => (
                  <State tone={disabled ? 'stop' : 'go'}>{t(disabled ? 'users.disabled' : 'users.active')}</State>
                ),
              },
              { title: t('users.signedIn'), align: 'right', render: (_, { signedIn }) => signedIn || '—' },
              { title: t('users.created'), render: (_, { createdAt }) => <When at={createdAt} /> },
              {
                key: 'acts',
                title: '',
                render: (_, account) => (
                  <div className="users-acts">
                    <Button size="small" disabled={!manages} onClick={() => setOpen({ kind: 'edit', account })}>
                      {t('users.edit')}
                    </Button>
                    <Button size="small" disabled={!manages} onClick={() => setOpen({ kind: 'reset', account })}>
                      {t('users.resetPassword')}
                    </Button>
                    {account.disabled ? (
                      <Button size="small" disabled={!manages} onClick={() => void setDisabled(account.name, false)}>
                        {t('users.enable')}
                      </Button>
                    ) : (
                      <Button
                        size="small"
                        danger
                        disabled={!manages}
                        onClick={() => setOpen({ kind: 'disable', account })}
                      >
                        {t('users.disable')}
                      </Button>
                    )}
                  </div>
                ),
              },
            ]}
          />
        )}
      </Answer>
      {open?.kind === 'add' && <AccountDialog account={null} onDone={done} onClose={() => setOpen(null)} />}
      {open?.kind === 'edit' && <AccountDialog account={open.account} onDone={done} onClose={() => setOpen(null)} />}
      {open?.kind === 'reset' && (
        <ResetPasswordDialog name={open.account.name} onDone={done} onClose={() => setOpen(null)} />
      )}
      {open?.kind === 'disable' && (
        <ReasonDialog
          title={t('users.disableTitle', { name: open.account.name })}
          consequence={t('users.disableText', { name: open.account.name })}
          verb={t('users.disableVerb')}
          reason="none"
          danger
          act={act}
          onClose={() => {
            act.clear();
            setOpen(null);
          }}
          onConfirm={() => void setDisabled(open.account.name, true)}
        />
      )}
    </>
  );
}
