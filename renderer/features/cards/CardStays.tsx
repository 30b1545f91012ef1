import { Table } from 'antd';
import type { CardView } from '../../../shared/contract/cards.ts';
import type { StayView } from '../../../shared/contract/stays.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';
import { PlateText } from '../../office/Registry.tsx';
import { Answer, Empty } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { Leads, Money, State, When } from '../../office/Values.tsx';

/** Each plate costs a search of its own: those of a company's pool are looked at by their own links. */
const PLATES = 5;
const OF_EACH = 20;

/** The newest stays of the cars of a card: which it served, and which it did not, and on what terms they stood. */
export function CardStays({ card }: { card: CardView }) {
  const { t } = useWords();
  const plates = card.plates.slice(0, PLATES);
  const stays = useAsk(
    async (client, signal) => {
      const pages = await Promise.all(
        plates.map((plate) => client.sessions.list({ plate, pageSize: OF_EACH }, { signal })),
      );
      const found = new Map(pages.flatMap(({ items }) => items).map((stay) => [stay.uid, stay]));
      return [...found.values()]
        .filter(({ plate, terms }) => plates.includes(plate.text) || terms.id === card.id)
        .sort((a, b) => fromRfc3339(b.enteredAt) - fromRfc3339(a.enteredAt))
        .slice(0, OF_EACH);
    },
    [card.id, plates.join()],
  );
  return (
    <Box title={t('cards.served.title')}>
      <Answer of={stays}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('cards.served.none')} />
          ) : (
            <Table<StayView>
              rowKey="uid"
              size="small"
              pagination={false}
              dataSource={[...all]}
              columns={[
                { title: t('kit.plate'), key: 'plate', render: (_, stay) => <PlateText plate={stay.plate.text} /> },
                {
                  title: t('cards.served.entered'),
                  key: 'in',
                  render: (_, stay) => (
                    <Leads to="stays" place={{ id: stay.uid }}>
                      <When at={stay.enteredAt} />
                    </Leads>
                  ),
                },
                {
                  title: t('cards.served.left'),
                  key: 'out',
                  render: (_, stay) =>
                    stay.exitedAt === null ? (
                      <State tone="info">{t('cards.served.inside')}</State>
                    ) : (
                      <When at={stay.exitedAt} />
                    ),
                },
                {
                  title: t('cards.served.terms'),
                  key: 'terms',
                  render: (_, { terms }) =>
                    terms.kind === 'card' && terms.id === card.id && terms.fallback === null ? (
                      t('cards.served.onCard')
                    ) : (
                      <>
                        {t(`terms.${terms.kind}`)}
                        {terms.fallback !== null && `（${t(`terms.why.${terms.fallback}`)}）`}
                      </>
                    ),
                },
                {
                  title: t('cards.served.charge'),
                  key: 'charge',
                  align: 'right',
                  render: (_, stay) => <Money fen={stay.chargeFen} />,
                },
                {
                  title: t('cards.served.paid'),
                  key: 'paid',
                  align: 'right',
                  render: (_, stay) => <Money fen={stay.paidFen} />,
                },
              ]}
            />
          )
        }
      </Answer>
    </Box>
  );
}
