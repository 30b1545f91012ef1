import { Button, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import type { RechargePlanView } from '../../../shared/contract/cards.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Box, Page } from '../../office/Page.tsx';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { Answer, Empty } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { Money, When } from '../../office/Values.tsx';
import { givesText } from './gives.ts';
import { PlanDialog } from './PlanDialog.tsx';

/** 充值规则: at what price which cards are renewed and recharged. */
export function PlanList({ tabs }: { tabs: ReactNode }) {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'card.plan'));
  const plans = useAsk((client, signal) => client.rechargePlans.list(undefined, { signal }), []);
  const [form, setForm] = useState<{ readonly plan: RechargePlanView | null } | null>(null);
  const [removing, setRemoving] = useState<RechargePlanView | null>(null);
  const act = useAct();
  const done = (): void => {
    setForm(null);
    setRemoving(null);
    plans.again();
  };
  const add = (
    <Button type="primary" onClick={() => setForm({ plan: null })}>
      {t('cards.plans.add')}
    </Button>
  );
  return (
    <Page title={t('nav.cards')} note={tabs} actions={edits ? add : <span>{t('cards.plans.managers')}</span>}>
      <Box>
        <Answer of={plans}>
          {(all) =>
            all.length === 0 ? (
              <Empty title={t('cards.plans.none')} text={t(edits ? 'cards.plans.noneText' : 'cards.plans.managers')}>
                {edits && add}
              </Empty>
            ) : (
              <Table<RechargePlanView>
                rowKey="id"
                size="middle"
                pagination={false}
                dataSource={[...all]}
                columns={[
                  { title: t('cards.plans.name'), dataIndex: 'name' },
                  { title: t('cards.plans.type'), key: 'type', render: (_, plan) => t(`card.${plan.type}`) },
                  {
                    title: t('cards.plans.price'),
                    key: 'price',
                    align: 'right',
                    render: (_, plan) => <Money fen={plan.priceFen} />,
                  },
                  { title: t('cards.plans.gives'), key: 'gives', render: (_, plan) => givesText(plan, t) },
                  { title: t('registry.updatedAt'), key: 'updated', render: (_, plan) => <When at={plan.updatedAt} /> },
                  ...(edits
                    ? [
                        {
                          title: t('registry.details'),
                          key: 'acts',
                          render: (_: unknown, plan: RechargePlanView) => (
                            <div className="field-row">
                              <Button
                                size="small"
                                aria-label={t('cards.plans.change', { name: plan.name })}
                                onClick={() => setForm({ plan })}
                              >
                                {t('kit.change')}
                              </Button>
                              <Button
                                size="small"
                                danger
                                aria-label={t('cards.plans.removeOf', { name: plan.name })}
                                onClick={() => setRemoving(plan)}
                              >
                                {t('cards.plans.remove')}
                              </Button>
                            </div>
                          ),
                        },
                      ]
                    : []),
                ]}
              />
            )
          }
        </Answer>
      </Box>
      {form && <PlanDialog plan={form.plan} onClose={() => setForm(null)} onDone={done} />}
      {removing && (
        <ReasonDialog
          title={t('cards.plans.removeTitle', { name: removing.name })}
          consequence={t('cards.plans.removeText')}
          verb={t('cards.plans.remove')}
          reason="none"
          danger
          act={act}
          onClose={() => setRemoving(null)}
          onConfirm={async () => {
            const { id } = removing;
            if (await act.run((client) => client.rechargePlans.remove({ id }), { done: t('cards.plans.removed') }))
              done();
          }}
        />
      )}
    </Page>
  );
}
