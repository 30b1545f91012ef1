import { Button, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import type { MerchantView } from '../../../shared/contract/coupons.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Box, Page } from '../../office/Page.tsx';
import { TableFiles } from '../../office/Registry.tsx';
import { Answer, Empty } from '../../office/States.tsx';
import type { Asked } from '../../office/use-ask.ts';
import { Leads, Money, State, When } from '../../office/Values.tsx';
import { MerchantDialog } from './MerchantDialog.tsx';

/** 商户 and what each may still give. */
export function MerchantList({ tabs, merchants }: { tabs: ReactNode; merchants: Asked<readonly MerchantView[]> }) {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'coupon.edit'));
  const [form, setForm] = useState<{ readonly merchant: MerchantView | null } | null>(null);
  const add = (
    <Button type="primary" onClick={() => setForm({ merchant: null })}>
      {t('coupons.addMerchant')}
    </Button>
  );
  return (
    <Page
      title={t('nav.coupons')}
      note={tabs}
      actions={
        <>
          <TableFiles what="merchants" filter={{}} />
          {edits && add}
        </>
      }
    >
      <Box>
        <Answer of={merchants}>
          {(all) =>
            all.length === 0 ? (
              <Empty title={t('coupons.noMerchants')} {...(edits ? { text: t('coupons.noMerchantsText') } : {})}>
                {edits && add}
              </Empty>
            ) : (
              <Table<MerchantView>
                rowKey="id"
                size="middle"
                pagination={false}
                dataSource={[...all]}
                columns={[
                  { title: t('coupons.merchantName'), dataIndex: 'name' },
                  {
                    title: t('registry.state'),
                    key: 'state',
                    render: (_, { state }) => (
                      <State tone={state === 'active' ? 'go' : 'plain'}>{t(`coupons.merchantState.${state}`)}</State>
                    ),
                  },
                  {
                    title: t('coupons.couponsLeft'),
                    key: 'left',
                    align: 'right',
                    render: (_, { couponsLeft }) => couponsLeft ?? t('registry.noLimit'),
                  },
                  {
                    title: t('coupons.amountLeft'),
                    key: 'amount',
                    align: 'right',
                    render: (_, { amountLeftFen }) =>
                      amountLeftFen === null ? t('registry.noLimit') : <Money fen={amountLeftFen} />,
                  },
                  { title: t('registry.updatedAt'), key: 'updated', render: (_, each) => <When at={each.updatedAt} /> },
                  {
                    title: t('registry.history'),
                    key: 'coupons',
                    render: (_, { id, name }) => (
                      <Leads
                        to="coupons"
                        place={{ query: { merchant: id } }}
                        label={`${t('coupons.ofMerchant')} ${name}`}
                      >
                        {t('coupons.ofMerchant')}
                      </Leads>
                    ),
                  },
                  ...(edits
                    ? [
                        {
                          title: t('registry.details'),
                          key: 'change',
                          render: (_: unknown, merchant: MerchantView) => (
                            <Button
                              size="small"
                              aria-label={t('coupons.changeMerchant', { name: merchant.name })}
                              onClick={() => setForm({ merchant })}
                            >
                              {t('kit.change')}
                            </Button>
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
      {form && (
        <MerchantDialog
          merchant={form.merchant}
          onClose={() => setForm(null)}
          onDone={() => {
            setForm(null);
            merchants.again();
          }}
        />
      )}
    </Page>
  );
}
