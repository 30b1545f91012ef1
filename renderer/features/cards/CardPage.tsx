import { Button } from 'antd';
import { useState } from 'react';
import type { CardView } from '../../../shared/contract/cards.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, href } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Box, Page } from '../../office/Page.tsx';
import { DaysLeft, Source, Validity } from '../../office/Registry.tsx';
import { Answer } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { Facts, State, When } from '../../office/Values.tsx';
import { CardDialog } from './CardDialog.tsx';
import { CardHistory } from './CardHistory.tsx';
import { CardPlates } from './CardPlates.tsx';
import { CardStays } from './CardStays.tsx';
import { heldText } from './held.ts';
import { RechargeDialog } from './RechargeDialog.tsx';
import { StateDialog } from './StateDialog.tsx';
import { cardTones, SOON } from './use-columns.tsx';
import { useLayout } from './use-layout.ts';
import './cards.css';

type Open = 'change' | 'recharge' | 'suspend' | 'resume' | 'cancel';

/** One card: what it says, its cars, the money and the stays that went over it. */
export function CardPage({ id }: { id: string }) {
  const { t } = useWords();
  const asked = useAsk((client, signal) => client.cards.get({ id }, { signal }), [id]);
  const [open, setOpen] = useState<Open | null>(null);
  const [round, setRound] = useState(0);
  const card = asked.data;
  const done = (): void => {
    setOpen(null);
    setRound((n) => n + 1);
    asked.again();
  };
  return (
    <Page
      title={card ? t('cards.title', { number: card.number }) : t('nav.cards')}
      note={
        card && (
          <>
            {t(`card.${card.type}`)} <State tone={cardTones[card.state]}>{t(`cards.state.${card.state}`)}</State>
          </>
        )
      }
      actions={
        <>
          {card && <CardActs card={card} onOpen={setOpen} />}
          <Button
            href={href('cards')}
            onClick={(event) => {
              event.preventDefault();
              go('cards');
            }}
          >
            {t('cards.back')}
          </Button>
        </>
      }
    >
      <Answer of={asked}>
        {(shown) => (
          <>
            <div className="card-top">
              <CardFacts card={shown} />
              <CardPlates card={shown} onDone={done} />
            </div>
            <CardHistory card={shown} round={round} />
            <CardStays card={shown} />
            {open === 'change' && <CardDialog card={shown} onClose={() => setOpen(null)} onDone={done} />}
            {open === 'recharge' && <RechargeDialog card={shown} onClose={() => setOpen(null)} onDone={done} />}
            {(open === 'suspend' || open === 'resume' || open === 'cancel') && (
              <StateDialog card={shown} how={open} onClose={() => setOpen(null)} onDone={done} />
            )}
          </>
        )}
      </Answer>
    </Page>
  );
}

function CardActs({ card, onOpen }: { card: CardView; onOpen: (open: Open) => void }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  if (card.state === 'cancelled') return null;
  const holds = heldText(card, t) !== '';
  return (
    <>
      {may(user, 'card.recharge') && (
        <Button type="primary" onClick={() => onOpen('recharge')}>
          {t(holds ? 'cards.recharge' : 'cards.renew')}
        </Button>
      )}
      {may(user, 'card.edit') && (
        <>
          <Button onClick={() => onOpen('change')}>{t('cards.change')}</Button>
          {card.state === 'active' ? (
            <Button onClick={() => onOpen('suspend')}>{t('cards.suspend')}</Button>
          ) : (
            <Button onClick={() => onOpen('resume')}>{t('cards.resume')}</Button>
          )}
          <Button danger onClick={() => onOpen('cancel')}>
            {t('cards.cancel')}
          </Button>
        </>
      )}
    </>
  );
}

function CardFacts({ card }: { card: CardView }) {
  const { t } = useWords();
  const layout = useLayout();
  const held = heldText(card, t);
  return (
    <Box title={t('cards.facts')}>
      <Facts
        of={[
          [t('registry.validity'), <Validity key="validity" from={card.validFrom} to={card.validTo} />],
          [t('cards.left'), card.state === 'cancelled' ? null : <DaysLeft key="left" to={card.validTo} soon={SOON} />],
          [t('cards.holds'), held === '' ? null : <strong key="held">{held}</strong>],
          [t('cards.spaces'), card.spaces],
          [t('cards.areas'), layout.areaNames(card.areas)],
          [t('cards.quota'), layout.quotas.length === 0 ? null : layout.quotaName(card.quotaId)],
          [
            t('cards.vehicleClass'),
            card.vehicleClass === null ? t('cards.anyClass') : t(`vehicle.${card.vehicleClass}`),
          ],
          [t('cards.name'), card.name === '' ? null : card.name],
          [t('cards.externalType'), card.externalType],
          [t('cards.icNumbers'), card.icNumbers.length === 0 ? null : card.icNumbers.join('、')],
          [t('registry.owner'), card.owner === '' ? null : card.owner],
          [t('registry.phone'), card.phone === '' ? null : card.phone],
          [t('cards.room'), card.room === '' ? null : card.room],
          [t('registry.remark'), card.remark === '' ? null : card.remark],
          [t('registry.updatedBy'), <Source key="source" name={card.source} />],
          [t('registry.updatedAt'), <When key="updated" at={card.updatedAt} />],
        ]}
      />
    </Box>
  );
}
